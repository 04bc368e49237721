namespace Voltwright.Ocpp.V201.Types;

public enum GenericDeviceModelStatus
{
    Accepted,
    Rejected,
    NotSupported,
    EmptyResultSet,
}
