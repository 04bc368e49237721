using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Has a local controller fetch firmware and offer it to the stations behind it. OCPP 2.0.1 part 2, block L.</summary>
public sealed record PublishFirmwareRequest : Extensible, IOcppRequest<PublishFirmwareResponse>
{
    [Text(512, In21 = 2000)] public required string Location { get; init; }
    [AtLeast(0, Only21 = true)] public int? Retries { get; init; }
    [Text(32)] public required string Checksum { get; init; }
    [AtLeast(0, Only21 = true)] public required int RequestId { get; init; }

    /// <summary>Seconds.</summary>
    [AtLeast(0, Only21 = true)] public int? RetryInterval { get; init; }
}

/// <summary>Answers <see cref="PublishFirmwareRequest"/>.</summary>
public sealed record PublishFirmwareResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
