namespace Voltwright.Jq;

/// <summary>A number whose literal a double cannot hold: its text is kept until arithmetic touches it (jq 1.7 and later).</summary>
internal sealed record BigNumber(string Text)
{
    /// <summary>Zero written with a point or an exponent, not a number too small for a double.</summary>
    public bool IsZero => !Text.AsSpan(0, Text.IndexOf('E', StringComparison.Ordinal) is var e and >= 0 ? e : Text.Length).ContainsAnyInRange('1', '9');
}
