using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Has a log uploaded. OCPP 2.0.1 part 2, block N.</summary>
public sealed record GetLogRequest : Extensible, IOcppRequest<GetLogResponse>
{
    public required LogParameters Log { get; init; }
    public required LogType LogType { get; init; }
    public required int RequestId { get; init; }
    [AtLeast(0, Only21 = true)] public int? Retries { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryInterval { get; init; }
}

/// <summary>Answers <see cref="GetLogRequest"/>.</summary>
public sealed record GetLogResponse : Extensible
{
    public required LogStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Text(255)] public string? Filename { get; init; }
}

public enum LogType
{
    DiagnosticsLog,
    SecurityLog,
    [Since21] DataCollectorLog,
}

public enum LogStatus
{
    Accepted,
    Rejected,
    AcceptedCanceled,
}
