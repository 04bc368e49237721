namespace Voltwright.Workflows.Reading;

/// <summary>Guesses what was meant.</summary>
internal static class Spelling
{
    // Among more names nothing is guessed: each would be compared with each.
    private const int MostCandidates = 500;

    /// <summary>"did you mean 'x'?" for the nearest candidate within a third of the word's length, else null.</summary>
    public static string? DidYouMean(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } nearest ? $"did you mean '{nearest}'?" : null;

    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string[] names = [.. candidates.Distinct().Take(MostCandidates + 1)];
        if (names.Length > MostCandidates)
            return null;
        var best = names
            .Select(c => (Name: c, Distance: Distance(word.ToLowerInvariant(), c.ToLowerInvariant())))
            .OrderBy(c => c.Distance)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= Math.Max(1, Math.Min(word.Length, 30) / 3) ? best.Name : null;
    }

    /// <summary>Damerau's distance, adjacent swaps counted as one: they are the commonest slip.</summary>
    public static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 20 || a.Length > 100)
            return int.MaxValue;
        var (older, previous, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[b.Length];
    }
}
