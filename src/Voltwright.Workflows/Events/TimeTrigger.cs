using Cronos;

namespace Voltwright.Workflows.Events;

/// <summary>The times at which runs of a workflow begin by themselves (DSL reference, Schedule: <c>every</c>, <c>cron</c>, <c>after</c>).</summary>
public sealed class TimeTrigger
{
    private readonly CronExpression? _cron;

    private TimeTrigger(TimeTriggerKind kind, TimeSpan interval, CronExpression? cron, string text)
    {
        Kind = kind;
        Interval = interval;
        Text = text;
        _cron = cron;
    }

    public TimeTriggerKind Kind { get; }

    /// <summary>Zero for <c>cron</c>.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The same for the same times: <c>every PT5M</c>.</summary>
    public string Text { get; }

    /// <summary>Null for an interval that is not longer than nothing.</summary>
    public static TimeTrigger? Of(TimeTriggerKind kind, TimeSpan interval) => interval <= TimeSpan.Zero && kind == TimeTriggerKind.Every
        ? null : new TimeTrigger(kind, interval, null, $"{kind} {System.Xml.XmlConvert.ToString(interval)}".ToLowerInvariant());

    /// <summary>Five fields, in UTC. Null, with the problem, when the expression is none.</summary>
    public static TimeTrigger? OfCron(string expression, out string? problem)
    {
        problem = null;
        try
        {
            return new TimeTrigger(TimeTriggerKind.Cron, TimeSpan.Zero, CronExpression.Parse(expression), $"cron {expression}");
        }
        catch (CronFormatException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <summary>When the first run begins; null for a time that never comes. <c>after</c> begins at once: it counts from an end.</summary>
    public DateTimeOffset? First(DateTimeOffset now) => Kind switch
    {
        TimeTriggerKind.Every => now + Interval,
        TimeTriggerKind.Cron => Occurrence(now),
        _ => now,
    };

    /// <summary>When the one after that begins; times that were missed are not made up for. Null for <c>after</c>.</summary>
    public DateTimeOffset? Next(DateTimeOffset due, DateTimeOffset now)
    {
        if (Kind == TimeTriggerKind.Cron)
            return Occurrence(now > due ? now : due);
        if (Kind == TimeTriggerKind.After)
            return null;
        var missed = now > due ? (now - due).Ticks / Interval.Ticks : 0;
        return due + (Interval * (missed + 1));
    }

    private DateTimeOffset? Occurrence(DateTimeOffset after) => _cron!.GetNextOccurrence(after, TimeZoneInfo.Utc);
}

public enum TimeTriggerKind
{
    /// <summary>At a fixed rate; runs may overlap.</summary>
    Every,
    Cron,

    /// <summary>Some time after the run before has ended.</summary>
    After,
}
