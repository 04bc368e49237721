namespace Voltwright.Ocpp.V21.Types;

public enum CertificateStatusSource
{
    CRL,
    OCSP,
}
