namespace Voltwright.Ocpp;

/// <summary>The versions spoken here, oldest first.</summary>
public enum OcppVersion
{
    V16,
    V201,
    V21,
}
