using System.Text.RegularExpressions;
using Voltwright.Workflows.Checking;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Resources;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>Each rule has a page; its examples are run.</summary>
public sealed partial class RulePageTests
{
    private const string Document = "document: { dsl: '1.0.3', namespace: example, name: page, version: '1.0.0' }\n";

    private static readonly string Folder = Path.Combine(SharedFiles.Root, "docs", "rules");

    public static TheoryData<string> Ids => [.. RuleCatalogue.All.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_OfARule_HasAWrongAndARightExample(string id)
    {
        var page = File.ReadAllText(Path.Combine(Folder, $"{id}.md"));
        var rule = RuleCatalogue.Find(id)!;
        var (wrong, right) = (Example(page, "Wrong"), Example(page, "Right"));

        Assert.StartsWith($"# {id}\n\n{rule.Title}. *{rule.Severity}.*\n", page, StringComparison.Ordinal);
        Assert.Contains(Check(wrong), f => f.Rule == id);
        Assert.All(Check(wrong).Where(f => f.Rule == id), f => Assert.Equal(rule.Severity, f.Severity));
        Assert.Empty(Check(right).Select(f => f.ToString()));
    }

    [Fact]
    public void Pages_InTheIndex_AreThoseOfTheRules()
    {
        var listed = Link().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(m => m.Groups[1].Value);
        var pages = Directory.GetFiles(Folder, "*.md").Select(Path.GetFileNameWithoutExtension).Where(n => n != "README");

        Assert.Equal(RuleCatalogue.All.Select(r => r.Id).Order(), listed.Order());
        Assert.Equal(RuleCatalogue.All.Select(r => r.Id).Order(), pages.Order());
    }

    [Fact]
    public void Rules_WithAnId_AreInTheCatalogue()
    {
        var ids = typeof(Rules).GetFields().Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(ids.Order(), RuleCatalogue.All.Select(r => r.Id).Order());
    }

    // What the example of 'unresolved-resource' asks for in vain.
    private static readonly Dictionary<string, FetchedResource> Resources = new() { ["https://nowhere.example/person.json"] = new(null, "404 Not Found") };

    private static IReadOnlyList<Finding> Check(string example) => WorkflowChecker.Check(
        example.StartsWith("document:", StringComparison.Ordinal) ? example : Document + example, "page", TestKnowledge.Supplier, Resources);

    private static string Example(string page, string heading)
    {
        var start = page.IndexOf($"## {heading}\n\n```yaml\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no example '{heading}'");
        var from = page.IndexOf("```yaml\n", start, StringComparison.Ordinal) + "```yaml\n".Length;
        return page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"\[[a-z-]+\]\(([a-z-]+)\.md\)")]
    private static partial Regex Link();
}
