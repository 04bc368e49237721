using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>When to connect to the grid, as it is set.</summary>
public sealed record EnterServiceGet : Extensible
{
    public required EnterService EnterService { get; init; }
    [Text(36)] public required string Id { get; init; }
}
