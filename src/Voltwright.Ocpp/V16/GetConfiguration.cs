using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Reads configuration keys; no key given reads all. OCPP 1.6 §5.8, §6.23–6.24.</summary>
public sealed record GetConfigurationRequest : IOcppRequest<GetConfigurationResponse>
{
    [Text(50)] public IReadOnlyList<string>? Key { get; init; }
}

/// <summary>Answers <see cref="GetConfigurationRequest"/>.</summary>
public sealed record GetConfigurationResponse
{
    public IReadOnlyList<KeyValue>? ConfigurationKey { get; init; }
    [Text(50)] public IReadOnlyList<string>? UnknownKey { get; init; }
}
