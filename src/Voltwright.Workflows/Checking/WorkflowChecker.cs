using Voltwright.Workflows.Compiling;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Resources;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>
/// Finds what is wrong with a definition that can run: names that cannot exist, cases that cannot match, branches that fall through.
/// It follows the flow with the shapes of the data; what it calls impossible is impossible, given that what it knows of APIs and events is true.
/// </summary>
public static class WorkflowChecker
{
    // Each round takes what the one before it found as repaired.
    private const int MostRounds = 8;
    private const int LargeDefinition = 2000;
    private const int MostStarts = 16;

    /// <summary>Reads, compiles and checks: every finding, in the order of the text.</summary>
    /// <param name="sourceName">What findings call the file.</param>
    /// <param name="knowledge">What is known of the world around; null: nothing.</param>
    /// <param name="resources">By address: documents from elsewhere that the definition needs, as far as they are at hand.</param>
    public static IReadOnlyList<Finding> Check(
        string text, string sourceName, Knowledge? knowledge = null, IReadOnlyDictionary<string, FetchedResource>? resources = null)
    {
        var reading = WorkflowReader.Read(text, sourceName);
        if (reading.Definition is not { } definition)
            return reading.Findings;
        var compilation = WorkflowProgram.Compile(definition, HostFeatures.All, resources);
        // What is not even well formed is not followed: its findings would mislead.
        var found = reading.HasErrors ? [] : Check(definition, knowledge);
        return Ordered(reading.Findings.Concat(compilation.Findings).Concat(found));
    }

    /// <summary>What compiling does not find, in the order of the text.</summary>
    public static IReadOnlyList<Finding> Check(WorkflowDefinition definition, Knowledge? knowledge = null)
    {
        var subject = new CheckSubject(definition, knowledge ?? Knowledge.None);
        var sink = new FindingSink(definition.SourceName);
        var repairs = new Repairs();
        Observations observations;
        var rounds = subject.Plan.Points.Count > LargeDefinition ? 2 : MostRounds;
        do
        {
            observations = new Observations();
            foreach (var start in Starts(subject))
                new FlowAnalysis(subject, repairs, observations).Run(start);
        }
        while (Repaired(new CheckRound(subject, observations, repairs, sink)) && --rounds > 0);
        var last = new CheckRound(subject, observations, repairs, sink);
        ReachRules.Find(last);
        CatchRules.Find(last);
        EventRules.Find(last);
        ApiRules.Find(last);
        SecretRules.Find(last);
        LiteralRules.Find(last);
        OvertakingRule.Find(last);
        return Ordered(sink.Findings);
    }

    private static bool Repaired(CheckRound round)
    {
        var before = round.Repairs.Count;
        NameRules.Find(round);
        CaseRules.Find(round);
        FallThroughRule.Find(round);
        return round.Repairs.Count > before;
    }

    /// <summary>What runs begin with: one shape for each event that starts them.</summary>
    private static IEnumerable<Shape> Starts(CheckSubject subject)
    {
        if (subject.Definition.Schedule is not { On: { } on } schedule)
            return [Shape.Any];
        var read = ScheduleCompiler.Reading(subject.Definition, schedule).Read.ToString().ToLowerInvariant();
        var events = on.Filters.Select(f => subject.Knowledge.Event(f, read)).DefaultIfEmpty(subject.Knowledge.Event(null, read)).ToArray();
        if (on.Kind == EventStrategyKind.All)
            return [Shape.Of(ArrayShape.Of(events))];
        var starts = events.Length <= MostStarts ? events : [Shape.Join(events)];
        return starts.Select(e => Shape.Of(ArrayShape.Of([e])));
    }

    private static Finding[] Ordered(IEnumerable<Finding> findings) =>
        [.. findings.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Rule, StringComparer.Ordinal)];
}

/// <summary>What the rules look at, and where their findings go.</summary>
internal sealed record CheckRound(CheckSubject Subject, Observations Observations, Repairs Repairs, FindingSink Sink)
{
    private Dictionary<string, FlowPoint>? _producers;
    private ILookup<string, SourceMember>? _unexported;

    public WorkflowDefinition Definition => Subject.Definition;

    /// <summary>By the names of members: the first call or set whose output has it for certain.</summary>
    public Dictionary<string, FlowPoint> Producers => _producers ??= ShapeSearch.Producers(Observations);

    /// <summary>By their names: what reached tasks set and do not export.</summary>
    public ILookup<string, SourceMember> Unexported => _unexported ??= Observations.Entries.Keys.Select(p => p.Task).OfType<SetTask>()
        .Where(t => t.Properties.Export is null).SelectMany(t => t.Value.Members ?? []).ToLookup(m => m.Name);
}
