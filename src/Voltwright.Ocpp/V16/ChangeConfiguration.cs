using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Sets one configuration key. OCPP 1.6 §5.3, §6.9–6.10.</summary>
public sealed record ChangeConfigurationRequest : IOcppRequest<ChangeConfigurationResponse>
{
    [Text(50)] public required string Key { get; init; }
    [Text(500)] public required string Value { get; init; }
}

/// <summary>Answers <see cref="ChangeConfigurationRequest"/>.</summary>
public sealed record ChangeConfigurationResponse
{
    public required ConfigurationStatus Status { get; init; }
}

public enum ConfigurationStatus
{
    Accepted,
    Rejected,
    RebootRequired,
    NotSupported,
}
