using System.Security.Cryptography.X509Certificates;

namespace Voltwright.Certificates;

/// <summary>Whose certificates of stations are believed, beside those of our own authority.</summary>
public sealed record CertificateOptions
{
    /// <summary>Roots of the operator or of manufacturers.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];

    /// <summary>Certificates between those roots and the stations, which stations often fail to send along.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>Where requests are sent to be signed, instead of to our own authority; null keeps it ours.</summary>
    public Uri? Authority { get; init; }

    /// <summary>Where vehicles' requests for contract certificates are sent; null refuses them.</summary>
    public Uri? ContractPool { get; init; }
}
