using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles what starts runs, and decides in which shape they get their events.</summary>
internal sealed partial class ScheduleCompiler(ProgramCompiler program, ReadingContext context)
{
    private bool IsEarly => program.Definition.Document.Dsl is "1.0.0" or "1.0.1" or "1.0.2" or "1.0.3";

    public EventTrigger? Trigger()
    {
        if (program.Definition.Schedule is not { } schedule)
            return null;
        foreach (var name in new[] { "every", "cron", "after" })
        {
            if (schedule.Source[name] is { } node)
                context.Error(node, Rules.Unsupported, $"'schedule.{name}' cannot be used yet.", "'schedule.on' can");
        }

        if (schedule.On is not { } on)
            return null;
        if (on.UntilExpression is { } until)
            context.Error(until, Rules.Unsupported, "'until' in a schedule cannot be used yet.", "leave it out: each event starts a run");
        if (on.UntilEvents is { } events)
            context.Error(events.Source, Rules.Unsupported, "'until' in a schedule cannot be used yet.", "leave it out: each event starts a run");
        var strategy = new EventCompiler(program.Expressions, context).Strategy(on, Place.Trigger, []);
        var (read, reason) = Shape(schedule);
        if (schedule.Read is null && !IsEarly)
        {
            var shape = read.ToString().ToLowerInvariant();
            context.Note(on.Source, FindingSeverity.Info, Rules.EventShape, $"Events are read as {shape}: {reason}.", "say so with 'read'");
        }

        return new EventTrigger(on.Kind, strategy.Filters, read, reason) { Strategy = strategy };
    }

    // Published definitions of the early versions all expect the envelope, the newer reference says data, and no version tells them apart.
    private (EventReading Read, string Reason) Shape(ScheduleDefinition schedule)
    {
        if (schedule.Read is { } written)
            return (Enum.Parse<EventReading>(written, ignoreCase: true), "the definition says so");
        if (IsEarly)
            return (EventReading.Envelope, $"that is what definitions for DSL {program.Definition.Document.Dsl} expect");
        return ReadsEnvelope(program.Definition.Json)
            ? (EventReading.Envelope, "the definition reads attributes of the envelope from $workflow.input")
            : (EventReading.Data, "that is the DSL's default, and nothing reads the envelope");
    }

    private static bool ReadsEnvelope(JsonValue json) => json.Kind switch
    {
        JsonKind.String => Attribute().IsMatch(json.AsString()),
        JsonKind.Array => json.AsArray().Any(ReadsEnvelope),
        JsonKind.Object => json.AsObject().Any(m => ReadsEnvelope(m.Value)),
        _ => false,
    };

    [GeneratedRegex(@"\$workflow\s*\.\s*input\s*\[\s*\d*\s*\]\s*\.\s*(data|type|source|id|subject|time|specversion|datacontenttype|dataschema)\b")]
    private static partial Regex Attribute();
}
