using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Voltwright.Testing;

public static class TlsTrust
{
    /// <summary>Believes servers whose certificate one of these roots has signed, and no other.</summary>
    public static RemoteCertificateValidationCallback In(X509Certificate2Collection roots) => (_, shown, sent, problems) =>
    {
        if (shown is null || problems.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(sent!.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return chain.Build(certificate);
    };
}
