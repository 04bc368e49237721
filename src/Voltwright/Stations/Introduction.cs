namespace Voltwright.Stations;

/// <summary>What a station showed when it knocked.</summary>
/// <param name="Protocol"><c>ocpp1.6</c>, <c>ocpp2.0.1</c>, <c>ocpp2.1</c>, <c>mqtt</c>, or <c>http</c> for the events of native stations.</param>
/// <param name="Secret">Null when it sent none.</param>
/// <param name="Encrypted">It came over TLS.</param>
/// <param name="Certificate">DER of the certificate it proved to own; null when it showed none.</param>
[GenerateSerializer, Immutable]
public sealed record Introduction(
    string Protocol, string RemoteAddress, string? Secret = null, bool Encrypted = false, byte[]? Certificate = null);
