using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>One value of a stream.</summary>
public sealed record StreamDataElement : Extensible
{
    public required decimal T { get; init; }
    [Text(2500)] public required string V { get; init; }
}
