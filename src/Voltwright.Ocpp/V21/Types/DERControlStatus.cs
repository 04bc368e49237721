namespace Voltwright.Ocpp.V21.Types;

public enum DERControlStatus
{
    Accepted,
    Rejected,
    NotSupported,
    NotFound,
}
