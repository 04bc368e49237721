using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Restarts the station or an EVSE. OCPP 2.0.1 part 2, block B.</summary>
public sealed record ResetRequest : Extensible, IOcppRequest<ResetResponse>
{
    public required ResetType Type { get; init; }

    /// <summary>Absent is the whole station.</summary>
    [AtLeast(0, Only21 = true)] public int? EvseId { get; init; }
}

/// <summary>Answers <see cref="ResetRequest"/>.</summary>
public sealed record ResetResponse : Extensible
{
    public required ResetStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ResetType
{
    Immediate,
    OnIdle,
    [Since21] ImmediateAndResume,
}

public enum ResetStatus
{
    Accepted,
    Rejected,
    Scheduled,
}
