using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Certificates;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;
using HashAlgorithm = Voltwright.Ocpp.V201.Types.HashAlgorithm;
using CertificateStatus = Voltwright.Ocpp.V21.Types.CertificateStatus;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Whether certificates are good, as their authorities' responders say. OCPP 2.0.1 part 2, C07 and M06.</summary>
internal static class CertificateChecks
{
    private static readonly TimeSpan Shelf = TimeSpan.FromDays(1);

    /// <summary>The responder's answer as it is: the station judges its signature.</summary>
    public static async Task<GetCertificateStatusResponse> StatusAsync(
        OcppStation station, GetCertificateStatusRequest request, CancellationToken cancellation)
    {
        await station.TellAsync("certificate-status-requested", request);
        return await AskAsync(station, request.OcspRequestData, cancellation) is { } answer
            ? new() { Status = GetCertificateStatus.Accepted, OcspResult = Convert.ToBase64String(answer.Der) }
            : new() { Status = GetCertificateStatus.Failed };
    }

    public static async Task<GetCertificateChainStatusResponse> ChainStatusAsync(
        OcppStation station, GetCertificateChainStatusRequest request, CancellationToken cancellation)
    {
        await station.TellAsync("certificate-status-requested", request);
        return new() { CertificateStatus = await Task.WhenAll(request.CertificateStatusRequests.Select(r => OneOfAsync(station, r, cancellation))) };
    }

    /// <summary>What is to be said of the contract certificate that a vehicle showed; null when it showed none.</summary>
    public static async Task<AuthorizeCertificateStatus?> ContractAsync(
        OcppStation station, AuthorizeRequest request, CancellationToken cancellation)
    {
        var asked = request.Iso15118CertificateHashData?.ToList() ?? [];
        if (asked.Count == 0 && request.Certificate is { } pem)
        {
            if (AboutAll(pem, station.Now, asked) is { } problem)
                return problem;
        }

        if (asked.Count == 0)
            return null;
        var answers = await Task.WhenAll(asked.Select(a => AskAsync(station, a, cancellation)));
        return answers.Any(a => a?.Status == Revocation.Revoked) ? AuthorizeCertificateStatus.CertificateRevoked
            : answers.All(a => a?.Status == Revocation.Good) ? AuthorizeCertificateStatus.Accepted
            : AuthorizeCertificateStatus.CertChainError;
    }

    /// <summary>What to ask of each certificate of a chain, leaf first; what is wrong with it at first sight.</summary>
    private static AuthorizeCertificateStatus? AboutAll(string pem, DateTimeOffset now, List<OCSPRequestData> asked)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return AuthorizeCertificateStatus.CertChainError;
        }

        if (chain.Count == 0)
            return AuthorizeCertificateStatus.NoCertificateAvailable;
        if (chain.Any(c => c.NotAfter < now.LocalDateTime))
            return AuthorizeCertificateStatus.CertificateExpired;
        foreach (var (certificate, issuer) in chain.Zip(chain.Skip(1).Select(X509Certificate2? (c) => c).Append(null)))
        {
            if (OcspMessage.About(certificate, issuer) is { } about)
                asked.Add(DataOf(about.Hash, about.Responder.AbsoluteUri));
        }

        return asked.Count == 0 ? AuthorizeCertificateStatus.CertChainError : null;
    }

    private static async Task<CertificateStatus> OneOfAsync(
        OcppStation station, CertificateStatusRequestInfo asked, CancellationToken cancellation)
    {
        OcspAnswer? answer = null;
        foreach (var url in asked.Source == CertificateStatusSource.OCSP ? asked.Urls : [])
        {
            var hash = asked.CertificateHashData;
            answer ??= await AskAsync(
                station, DataOf(new(hash.HashAlgorithm.ToString(), hash.IssuerNameHash, hash.IssuerKeyHash, hash.SerialNumber), url), cancellation);
        }

        return new()
        {
            CertificateHashData = asked.CertificateHashData,
            Source = asked.Source,
            Status = answer?.Status switch
            {
                Revocation.Good => RevocationStatus.Good,
                Revocation.Revoked => RevocationStatus.Revoked,
                Revocation.Unknown => RevocationStatus.Unknown,
                _ => RevocationStatus.Failed,
            },
            NextUpdate = answer?.NextUpdate ?? (station.Now + Shelf),
        };
    }

    private static Task<OcspAnswer?> AskAsync(OcppStation station, OCSPRequestData asked, CancellationToken cancellation) =>
        station.Sources.Ocsp?.AskAsync(
            new(asked.HashAlgorithm.ToString(), asked.IssuerNameHash, asked.IssuerKeyHash, asked.SerialNumber), asked.ResponderURL, cancellation)
        ?? Task.FromResult<OcspAnswer?>(null);

    private static OCSPRequestData DataOf(CertificateHash hash, string responder) => new()
    {
        HashAlgorithm = Enum.Parse<HashAlgorithm>(hash.HashAlgorithm),
        IssuerNameHash = hash.IssuerNameHash,
        IssuerKeyHash = hash.IssuerKeyHash,
        SerialNumber = hash.SerialNumber,
        ResponderURL = responder,
    };
}
