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
    private static bool IsEarly(WorkflowDefinition definition) => definition.Document.Dsl is "1.0.0" or "1.0.1" or "1.0.2" or "1.0.3";

    public EventTrigger? Trigger()
    {
        if (program.Definition.Schedule is not { } schedule)
            return null;
        if (schedule.On is not { } on)
            return null;
        var strategy = new EventCompiler(program.Expressions, context).Strategy(on, Place.Trigger, []);
        var (read, reason) = Reading(program.Definition, schedule);
        if (schedule.Read is null && !IsEarly(program.Definition))
        {
            var shape = read.ToString().ToLowerInvariant();
            context.Note(on.Source, FindingSeverity.Info, Rules.EventShape, $"Events are read as {shape}: {reason}.", "say so with 'read'");
        }

        return new EventTrigger(on.Kind, strategy.Filters, read, reason) { Strategy = strategy };
    }

    /// <summary>The times; null, with an error, when they cannot be told, or more than one way of telling them is given.</summary>
    public TimeTrigger? Times()
    {
        if (program.Definition.Schedule is not { } schedule)
            return null;
        var given = new[] { schedule.Every?.Source, schedule.Cron, schedule.After?.Source }.OfType<SourceNode>().ToArray();
        foreach (var other in given.Skip(1))
            context.Error(other, Rules.InvalidValue, "A schedule has one of 'every', 'cron' and 'after'.", "make a workflow of each");
        if (schedule.Every is { } every)
            return Interval(TimeTriggerKind.Every, every);
        if (schedule.After is { } after)
            return Interval(TimeTriggerKind.After, after);
        if (schedule.Cron is not { } cron)
            return null;
        var times = TimeTrigger.OfCron(cron.Text ?? "", out var problem);
        if (times is null)
            context.Error(cron, Rules.InvalidValue, $"'{cron.Text}' is no cron expression: {problem}", "five fields: minute, hour, day, month, weekday");
        return times;
    }

    private TimeTrigger? Interval(TimeTriggerKind kind, DurationDefinition duration)
    {
        var times = duration.Constant is { } constant ? TimeTrigger.Of(kind, constant) : null;
        if (times is null)
            context.Error(
                duration.Source, Rules.InvalidValue, "A schedule needs a duration that is known beforehand and longer than nothing.", "write it like PT5M");
        return times;
    }

    // Published definitions of the early versions all expect the envelope, the newer reference says data, and no version tells them apart.
    /// <summary>In which form runs get the events that start them, and why.</summary>
    public static (EventReading Read, string Reason) Reading(WorkflowDefinition definition, ScheduleDefinition schedule)
    {
        if (schedule.Read is { } written)
            return (Enum.Parse<EventReading>(written, ignoreCase: true), "the definition says so");
        if (IsEarly(definition))
            return (EventReading.Envelope, $"that is what definitions for DSL {definition.Document.Dsl} expect");
        return ReadsEnvelope(definition.Json)
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
