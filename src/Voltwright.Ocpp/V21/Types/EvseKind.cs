namespace Voltwright.Ocpp.V21.Types;

public enum EvseKind
{
    AC,
    DC,
}
