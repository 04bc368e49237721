using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks the station to upload a log. OCPP 1.6 security whitepaper §5.9–5.10.</summary>
public sealed record GetLogRequest : IOcppRequest<GetLogResponse>
{
    public required LogParameters Log { get; init; }
    public required LogType LogType { get; init; }
    public required int RequestId { get; init; }
    public int? Retries { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryInterval { get; init; }
}

/// <summary>Answers <see cref="GetLogRequest"/>.</summary>
public sealed record GetLogResponse
{
    public required LogStatus Status { get; init; }
    [Text(255)] public string? Filename { get; init; }
}

public enum LogType
{
    DiagnosticsLog,
    SecurityLog,
}

public enum LogStatus
{
    Accepted,
    Rejected,
    AcceptedCanceled,
}
