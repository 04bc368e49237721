using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

public enum CertificateSigningUse
{
    ChargingStationCertificate,
    V2GCertificate,
    [Since21] V2G20Certificate,
}
