namespace Voltwright.Ocpp.V16.Types;

/// <summary>What a root certificate is for. OCPP 1.6 security whitepaper §6.4.</summary>
public enum CertificateUse
{
    CentralSystemRootCertificate,
    ManufacturerRootCertificate,
}
