namespace Voltwright.Jq;

/// <summary>A number whose literal a double cannot hold: its text is kept until arithmetic touches it (jq 1.7 and later).</summary>
internal sealed record BigNumber(string Text);
