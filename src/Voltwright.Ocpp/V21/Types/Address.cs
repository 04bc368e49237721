using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A postal address.</summary>
public sealed record Address : Extensible
{
    [Text(50)] public required string Name { get; init; }
    [Text(100)] public required string Address1 { get; init; }
    [Text(100)] public string? Address2 { get; init; }
    [Text(100)] public required string City { get; init; }
    [Text(20)] public string? PostalCode { get; init; }
    [Text(50)] public required string Country { get; init; }
}
