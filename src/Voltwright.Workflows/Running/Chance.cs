using System.Text;

namespace Voltwright.Workflows.Running;

/// <summary>Randomness without a generator: the same question has the same answer, so replays do not differ.</summary>
internal static class Chance
{
    /// <summary>A number in [0, 1).</summary>
    public static double Of(string question) => (Hash(question) >> 11) * (1.0 / (1UL << 53));

    // FNV-1a with a final mix; any even hash will do.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ unit) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
