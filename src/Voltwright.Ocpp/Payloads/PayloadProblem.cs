namespace Voltwright.Ocpp.Payloads;

/// <summary>One thing wrong with a payload.</summary>
/// <param name="Path">Where, such as <c>meterValue[0].sampledValue[1].unit</c>; empty for the payload itself.</param>
/// <param name="Code">The CALLERROR that it deserves.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PayloadProblem(string Path, OcppErrorCode Code, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
