using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How fast power may change, as it is set.</summary>
public sealed record GradientGet : Extensible
{
    public required Gradient Gradient { get; init; }
    [Text(36)] public required string Id { get; init; }
}
