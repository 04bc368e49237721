namespace Voltwright.Ocpp.V16.Types;

/// <summary>Plain number or signed data block. OCPP 1.6 §7.49.</summary>
public enum ValueFormat
{
    Raw,
    SignedData,
}
