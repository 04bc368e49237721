using System.Reflection;
using System.Text.Json.Nodes;
using Voltwright.Workflows.Findings;

namespace Voltwright.Cli.Commands;

/// <summary>Findings as SARIF 2.1.0, with the rules and their pages, for code-scanning tools and editors.</summary>
internal static class SarifReport
{
    private static readonly Assembly Own = typeof(SarifReport).Assembly;

    public static JsonObject Of(IReadOnlyList<Finding> findings)
    {
        var rules = RuleCatalogue.All;
        var places = rules.Index().ToDictionary(r => r.Item.Id, r => r.Index);
        var version = Own.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "voltwright",
                        ["semanticVersion"] = version,
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. findings.Select(f => Result(f, places))]),
            }),
        };
    }

    private static JsonObject Rule(Rule rule) => new()
    {
        ["id"] = rule.Id,
        ["name"] = string.Concat(rule.Id.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])),
        ["shortDescription"] = new JsonObject { ["text"] = rule.Title },
        ["help"] = new JsonObject { ["text"] = Page(rule.Id), ["markdown"] = Page(rule.Id) },
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.Severity) },
    };

    private static JsonObject Result(Finding finding, Dictionary<string, int> places) => new()
    {
        ["ruleId"] = finding.Rule,
        ["ruleIndex"] = places[finding.Rule],
        ["level"] = Level(finding.Severity),
        ["message"] = new JsonObject { ["text"] = finding.Suggestion is null ? finding.Message : $"{finding.Message} Remedy: {finding.Suggestion}." },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Address(finding.File) },
                ["region"] = new JsonObject { ["startLine"] = Math.Max(1, finding.Line), ["startColumn"] = Math.Max(1, finding.Column) },
            },
        }),
    };

    private static string Address(string file) => Path.IsPathRooted(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static string Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };

    private static string Page(string id)
    {
        using var stream = Own.GetManifestResourceStream($"rules.{id}.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
