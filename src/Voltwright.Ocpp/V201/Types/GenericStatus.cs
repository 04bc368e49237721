namespace Voltwright.Ocpp.V201.Types;

/// <summary>Consent or refusal.</summary>
public enum GenericStatus
{
    Accepted,
    Rejected,
}
