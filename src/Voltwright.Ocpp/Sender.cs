namespace Voltwright.Ocpp;

/// <summary>Which end of a conversation may send a CALL of an action.</summary>
public enum Sender
{
    Station,
    ManagementSystem,
    Either,
}
