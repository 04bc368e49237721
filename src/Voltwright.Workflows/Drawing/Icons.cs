namespace Voltwright.Workflows.Drawing;

/// <summary>One sign for each tone, as path data in a square of 14 by 14, drawn with a stroke.</summary>
internal static class Icons
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["call"] = "M1.5 5h9M8 2.2L10.8 5 8 7.8M12.5 9.5h-9M6 12.3L3.2 9.5 6 6.7",
        ["do"] = "M2 3h10M2 7h10M2 11h6",
        ["emit"] = "M1.5 7.5L12.5 2 9 12.5 6.5 8.5zM6.5 8.5L12.5 2",
        ["for"] = "M11.8 4.5A5.2 5.2 0 1 0 12.2 8M12 1.5v3.2H8.8",
        ["fork"] = "M7 1.5v3.5M7 5L3 9v3.5M7 5l4 4v3.5",
        ["listen"] = "M2 7a5 5 0 0 1 10 0M4.5 7a2.5 2.5 0 0 1 5 0M7 7v5.5",
        ["raise"] = "M7 1.5L13 12.5H1zM7 5.5v3.2M7 10.3v.6",
        ["run"] = "M3.5 2l8 5-8 5z",
        ["set"] = "M2 12l1-3.2L10 1.8l2.2 2.2-7 7zM8.4 3.4l2.2 2.2",
        ["switch"] = "M7 1.2L12.8 7 7 12.8 1.2 7z",
        ["try"] = "M7 1.5l5 1.8v3.6c0 3-2.2 4.8-5 5.8-2.8-1-5-2.8-5-5.8V3.3z",
        ["catch"] = "M2 3.5v3a5 5 0 0 0 10 0v-3M2 3.5h2.5v3a2.5 2.5 0 0 0 5 0v-3H12",
        ["wait"] = "M7 1.5a5.5 5.5 0 1 0 .01 0M7 4v3.2l2.2 1.6",
        ["start"] = "M7.8 1L3 8h3.6L6.2 13 11 6H7.4z",
    };

    public static string? Of(string tone) => Paths.GetValueOrDefault(tone);
}
