namespace Voltwright.Ocpp;

/// <summary>
/// Names that a station offers and the management system chooses from in <c>Sec-WebSocket-Protocol</c>. OCPP-J 1.6 §3.1.2.
/// </summary>
public static class Subprotocols
{
    public const string Ocpp16 = "ocpp1.6";
    public const string Ocpp201 = "ocpp2.0.1";
    public const string Ocpp21 = "ocpp2.1";

    public static string Of(OcppVersion version) => version switch
    {
        OcppVersion.V16 => Ocpp16,
        OcppVersion.V201 => Ocpp201,
        _ => Ocpp21,
    };
}
