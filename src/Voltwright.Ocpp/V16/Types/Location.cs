namespace Voltwright.Ocpp.V16.Types;

/// <summary>Where a sample was taken. OCPP 1.6 §7.30.</summary>
public enum Location
{
    Body,
    Cable,
    EV,
    Inlet,
    Outlet,
}
