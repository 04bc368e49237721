using System.Text;
using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Workflows.Tests.Conformance;

/// <summary>
/// <c>docs/conformance/dsl.md</c>: property by property, with the tests that show it. What it says is in <c>properties.yaml</c> beside
/// this file; every property of the DSL's schema has to be in there, and every test that is named has to exist.
/// </summary>
public sealed partial class DslDocumentTests
{
    private static readonly string Tests = Path.Combine(Repository.Root, "test");
    private static readonly string Document = Path.Combine(Repository.Root, "docs", "conformance", "dsl.md");

    private static JsonArray Sections { get; } = WorkflowReader.ReadValue(File.ReadAllText(
        Path.Combine(Tests, "Voltwright.Workflows.Tests", "Conformance", "properties.yaml"))).AsArray();

    private static IEnumerable<JsonValue> Rows => Sections.SelectMany(s => s["rows"].AsArray());

    [Fact]
    public void Document_Written_IsWhatThePropertiesSay()
    {
        var text = Write();
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") == "1")
            File.WriteAllText(Document, text);

        Assert.Equal(text, File.ReadAllText(Document));
    }

    [Fact]
    public void Evidence_OfEveryProperty_Exists()
    {
        var cases = Directory.EnumerateFiles(Path.Combine(Tests, "Voltwright.Workflows.Tests", "Cases"), "*.yaml").SelectMany(
            f => WorkflowReader.ReadValue(File.ReadAllText(f)).AsArray(), (f, c) => $"{Path.GetFileNameWithoutExtension(f)}: {c["name"].AsString()}").ToHashSet();
        var methods = Directory.EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories).SelectMany(MethodsOf).ToHashSet();

        foreach (var evidence in Rows.SelectMany(r => r["by"].AsArray(), (_, by) => by.AsString()))
            Assert.True(cases.Contains(evidence) || methods.Contains(evidence), $"There is no test '{evidence}'.");
        Assert.All(Rows, r => Assert.NotEmpty(r["by"].AsArray()));
    }

    [Fact]
    public void Properties_OfTheSchema_AreAllThere()
    {
        var known = Rows.SelectMany(r => r["of"].AsArray(), (_, of) => of.AsString()).ToList();
        Assert.Equal(known.Distinct(), known);
        foreach (var file in SharedFiles.Files("dsl", "workflow.schema.yaml"))
        {
            var schema = WorkflowReader.ReadValue(File.ReadAllText(file));
            var wanted = new SortedSet<string>(StringComparer.Ordinal);
            Collect(schema, "workflow", wanted, isRoot: true);
            foreach (var (name, definition) in schema["$defs"].AsObject())
                Collect(definition, name, wanted, isRoot: true);
            Assert.Empty(wanted.Except(known));
        }
    }

    private static void Collect(JsonValue node, string path, SortedSet<string> found, bool isRoot)
    {
        if (!node.TryGetObject(out var schema) || (!isRoot && schema.ContainsKey("$ref")))
            return;
        foreach (var (name, property) in schema["properties"].TryGetObject(out var properties) ? properties : JsonObject.Empty)
        {
            found.Add($"{path}.{name}");
            Collect(property, $"{path}.{name}", found, isRoot: false);
        }

        foreach (var keyword in new[] { "oneOf", "anyOf", "allOf" })
        {
            foreach (var part in schema[keyword].TryGetArray(out var parts) ? parts : JsonArray.Empty)
                Collect(part, path, found, isRoot: false);
        }

        foreach (var keyword in new[] { "items", "additionalProperties", "then", "else", "if", "not" })
            Collect(schema[keyword], path, found, isRoot: false);
    }

    // A class alone, with a dot behind it, stands for all of its tests.
    private static IEnumerable<string> MethodsOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return TestMethod().Matches(File.ReadAllText(file)).Select(m => $"{name}.{m.Groups[1].Value}").Append($"{name}.");
    }

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append("# The DSL, property by property\n\n");
        text.Append("Every property of the Serverless Workflow DSL 1.0 (Open Workflow), and the tests that show what the engine makes of it. A name with a colon\n");
        text.Append("is a case in `test/Voltwright.Workflows.Tests/Cases/`: file and name; any other is a test. Written by `DslDocumentTests` from\n");
        text.Append("`properties.yaml`; the test fails when a property is missing, a test does not exist, or this page is not what it would write.\n\n");
        text.Append(null, $"{Rows.Sum(r => r["of"].AsArray().Count)} properties. Where the DSL is silent: `docs/decisions/0010` and `0011`.\n");
        foreach (var section in Sections)
        {
            text.Append(null, $"\n## {section["section"].AsString()}\n\n| Property | | Shown by |\n|---|---|---|\n");
            foreach (var row in section["rows"].AsArray())
            {
                var says = row["says"].TryGetString(out var given) ? given : "";
                var of = string.Join("<br>", row["of"].AsArray().Select(o => $"`{o.AsString()}`"));
                var by = string.Join("<br>", row["by"].AsArray().Select(b => b.AsString().TrimEnd('.')));
                text.Append(null, $"| {of} | {says} | {by} |\n");
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex TestMethod();
}
