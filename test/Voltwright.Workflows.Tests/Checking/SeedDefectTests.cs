using Voltwright.Workflows.Checking;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>The defects of the use case as it was published, in a file of our own with nothing else in it, and in the original where that is at hand.</summary>
public sealed class SeedDefectTests
{
    // What is at fault, by a text of its line, and the rules that say so.
    private static readonly (string Defect, string Line, string[] Rules)[] Defects =
    [
        ("only the data of the event is kept", "event: ${ $workflow.input[0].data }", [Rules.UnwrappedValue]),
        ("the type is read of the data", "when: .event.type == \"com.ev-power-supplier.charging-station.card-scanned.v1\"", [Rules.UnknownName]),
        ("$context becomes the event itself", "as: .event", [Rules.UnwrappedValue]),
        ("a case compares with a misspelt type", "charging.station-faulted.v1", [Rules.ImpossibleCase, Rules.UnknownName]),
        ("nothing sets the card", "card: ${ $context.card }", [Rules.UnknownName]),
        ("the session survives one hop", "session: ${ .session }", [Rules.LostValue]),
        ("the session is nested twice", "as: '$context + { session: . }'", [Rules.NestedContext]),
        ("a branch falls through", "- startSession:", [Rules.FallThrough]),
        ("the subject of a catch is ambiguous", "when: .detail ==", [Rules.CatchSubject]),
        ("a caught error becomes null", "catch:", [Rules.SwallowedError]),
        ("a status without a type", "status: 404", [Rules.CatchWithoutType]),
        ("the status contradicts the type", "status: 400", [Rules.ErrorStatus]),
        ("a raise is followed by nothing", "then: end", [Rules.UnreachableDirective]),
        ("two scans race", "- acquireSlot:", [Rules.ReadThenChange]),
        ("addresses name what is in no input", "endpoint: ", [Rules.AddressVariable]),
        ("the session was never exported", "data: ${ $context.session }", [Rules.UnknownName]),
        ("the event was never in the context", "$context.event.type", [Rules.UnknownName]),
    ];

    [Fact]
    public void Check_OfTheUseCaseAsPublished_FindsItsDefectsAndNothingElse()
    {
        if (SharedFiles.Files("seed", "managing-ev-charging-stations.yaml").FirstOrDefault() is not { } file)
            return;
        var text = File.ReadAllText(file);
        var findings = WorkflowChecker.Check(text, "seed.yaml", TestKnowledge.Supplier);
        var lines = text.Split('\n');

        foreach (var (defect, line, rules) in Defects)
            Assert.True(rules.All(r => findings.Any(f => f.Rule == r && lines[f.Line - 1].Contains(line, StringComparison.Ordinal))), $"Not found: {defect}");
        Assert.All(findings, f => Assert.True(
            Defects.Any(d => d.Rules.Contains(f.Rule) && lines[f.Line - 1].Contains(d.Line, StringComparison.Ordinal)), $"Not one of them: {f}"));
        Assert.All(findings, f => Assert.True(f.Suggestion is not null, $"No remedy: {f}"));
        Assert.All(findings, f => Assert.True(f.Severity == FindingSeverity.Warning, $"The file runs: {f}"));
        Assert.Equal(12, findings.Count(f => f.Rule == Rules.AddressVariable));
        Assert.Equal(2, findings.Count(f => lines[f.Line - 1].Contains("$context.card", StringComparison.Ordinal)));
    }

    [Fact]
    public void Check_OfTheShippedWorkflows_FindsNothing()
    {
        var files = Directory.GetFiles(Path.Combine(SharedFiles.Root, "workflows"), "*.yaml");

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => WorkflowChecker.Check(File.ReadAllText(f), Path.GetFileName(f), TestKnowledge.Supplier)).Select(f => f.ToString()));
        // Knowing less, it must not complain more; only what is not known to be safe is said of payments.
        Assert.Empty(files.SelectMany(f => WorkflowChecker.Check(File.ReadAllText(f), Path.GetFileName(f)))
            .Where(f => f.Rule != Rules.UnguardedPayment).Select(f => f.ToString()));
    }

    [Fact]
    public void Check_OfThePublishedExamples_FindsOnlyWhatIsTrue()
    {
        // Read one by one: each of these is a mistake of the example.
        string[] known =
        [
            "accumulate-room-readings.yaml: unknown-name", "conditional-task.yaml: literal-expression", "conditional-task.yaml: unreachable-directive",
            "for.yaml: unknown-name", "listen-to-one.yaml: address-variable", "run-subflow.yaml: literal-expression", "try-catch-then.yaml: literal-expression",
            .. new[] { "amount", "forever-foreach", "until", "while" }.Select(n => $"call-asyncapi-subscribe-consume-{n}.yaml: unknown-name"),
        ];
        var found = SharedFiles.Files("dsl/examples", "*.yaml")
            .SelectMany(f => WorkflowChecker.Check(File.ReadAllText(f), Path.GetFileName(f), TestKnowledge.Supplier))
            .Where(f => f.Severity != FindingSeverity.Error).Select(f => $"{f.File}: {f.Rule}").Distinct();

        Assert.Empty(found.Except(known));
    }
}
