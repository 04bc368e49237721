using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks the station to upload diagnostics. OCPP 1.6 §5.9, §6.25–6.26.</summary>
public sealed record GetDiagnosticsRequest : IOcppRequest<GetDiagnosticsResponse>
{
    [Address] public required string Location { get; init; }
    public int? Retries { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryInterval { get; init; }

    public DateTimeOffset? StartTime { get; init; }
    public DateTimeOffset? StopTime { get; init; }
}

/// <summary>Answers <see cref="GetDiagnosticsRequest"/>.</summary>
public sealed record GetDiagnosticsResponse
{
    /// <summary>Absent when there is nothing to upload.</summary>
    [Text(255)] public string? FileName { get; init; }
}
