using Voltwright.Jq;

namespace Voltwright.Workflows.Running;

/// <summary>Roughly what a value takes when it is written down. Stops counting at the limit.</summary>
internal static class StateWeight
{
    // Deeper values can be neither written nor read back.
    private const int Deepest = 400;

    private const long LongestShown = 300;

    /// <summary>The value in a message: as JSON when it is short, else only its kind.</summary>
    public static string Show(JsonValue value) => Of(value, LongestShown) <= LongestShown ? value.ToString()
        : value.Kind switch { JsonKind.Array => "a large array", JsonKind.Object => "a large object", _ => "a long text" };

    /// <summary>Whether a glance at the value alone, not into it, calls for weighing it: doubling takes few steps from small to huge.</summary>
    public static bool IsSuspicious(JsonValue value, long limit) => value.Kind switch
    {
        JsonKind.String => value.AsString().Length > limit / 4,
        JsonKind.Array => value.AsArray().Count > limit / 32,
        _ => false,
    };

    public static long Of(JsonValue value, long limit)
    {
        var total = 0L;
        return Add(value, ref total, limit, 0) ? total : limit + 1;
    }

    public static bool Exceeds(RunMemory memory, long limit)
    {
        var total = 0L;
        if (!Add(memory.Input, ref total, limit, 0))
            return true;
        foreach (var e in memory.Events)
        {
            if (!Add(e, ref total, limit, 0))
                return true;
        }

        foreach (var strand in memory.Strands)
        {
            if (!Add(strand.Context, ref total, limit, 0))
                return true;
            foreach (var activation in strand.Stack)
            {
                if (!Add(activation.RawInput, ref total, limit, 0) || !Add(activation.Input, ref total, limit, 0)
                    || !Add(activation.Remembered, ref total, limit, 0))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Add(JsonValue value, ref long total, long limit, int depth)
    {
        total += value.Kind == JsonKind.String ? value.AsString().Length + 2 : 6;
        if (total > limit || depth > Deepest)
            return false;
        if (value.TryGetArray(out var items))
        {
            foreach (var item in items.AsSpan())
            {
                if (!Add(item, ref total, limit, depth + 1))
                    return false;
            }
        }
        else if (value.TryGetObject(out var members))
        {
            foreach (var (key, member) in members)
            {
                total += key.Length;
                if (!Add(member, ref total, limit, depth + 1))
                    return false;
            }
        }

        return true;
    }
}
