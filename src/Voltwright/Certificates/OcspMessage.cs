using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Voltwright.Certificates;

/// <summary>Questions to the responders of certificate authorities, and their answers (RFC 6960).</summary>
internal static class OcspMessage
{
    private const string Basic = "1.3.6.1.5.5.7.48.1.1";
    private static readonly Asn1Tag Good = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Revoked = new(TagClass.ContextSpecific, 1);

    /// <exception cref="FormatException">The hashes or the serial number are neither hexadecimal nor base 64.</exception>
    public static byte[] Ask(CertificateHash about)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(OidOf(about.HashAlgorithm));
                writer.WriteNull();
            }

            writer.WriteOctetString(Bytes(about.IssuerNameHash));
            writer.WriteOctetString(Bytes(about.IssuerKeyHash));
            writer.WriteInteger(BigInteger.Parse($"0{about.SerialNumber}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        return writer.Encode();
    }

    /// <summary>Null when it is no answer to anything.</summary>
    public static OcspAnswer? Read(byte[] der)
    {
        try
        {
            var response = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            if (response.ReadEnumeratedBytes().Span is not [0])
                return null;
            var bytes = response.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            if (bytes.ReadObjectIdentifier() != Basic)
                return null;
            var data = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.BER).ReadSequence().ReadSequence();
            if (data.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
                data.ReadEncodedValue();
            data.ReadEncodedValue();
            data.ReadGeneralizedTime();
            var single = data.ReadSequence().ReadSequence();
            single.ReadEncodedValue();
            var status = single.PeekTag();
            single.ReadEncodedValue();
            single.ReadGeneralizedTime();
            DateTimeOffset? next = single.HasData && single.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 0 } tag
                ? single.ReadSequence(tag).ReadGeneralizedTime()
                : null;
            return new OcspAnswer(
                status.HasSameClassAndValue(Good) ? Revocation.Good : status.HasSameClassAndValue(Revoked) ? Revocation.Revoked : Revocation.Unknown,
                next,
                der);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What to ask of a certificate that is known whole: by its issuer's name, and by its key where the issuer comes along.</summary>
    /// <returns>Null when it names no responder.</returns>
    public static (CertificateHash Hash, Uri Responder)? About(X509Certificate2 certificate, X509Certificate2? issuer)
    {
        var access = certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().FirstOrDefault();
        if (access?.EnumerateOcspUris().FirstOrDefault() is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var responder))
            return null;
        var key = issuer is null
            ? certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier?.ToArray() ?? []
            : SHA256.HashData(issuer.PublicKey.EncodedKeyValue.RawData);
        var hash = new CertificateHash(
            "SHA256", Convert.ToHexString(SHA256.HashData(certificate.IssuerName.RawData)), Convert.ToHexString(key), certificate.SerialNumber);
        return (hash, responder);
    }

    private static string OidOf(string algorithm) => algorithm switch
    {
        "SHA384" => "2.16.840.1.101.3.4.2.2",
        "SHA512" => "2.16.840.1.101.3.4.2.3",
        _ => "2.16.840.1.101.3.4.2.1",
    };

    // The specification means hexadecimal and does not say so everywhere: some stations write base 64.
    private static byte[] Bytes(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(text)
        : Convert.FromBase64String(text);
}

internal enum Revocation
{
    Good,
    Revoked,
    Unknown,
}

/// <param name="NextUpdate">When the responder will know better; null where it does not say.</param>
/// <param name="Der">The whole answer, for those who judge its signature themselves.</param>
internal sealed record OcspAnswer(Revocation Status, DateTimeOffset? NextUpdate, byte[] Der);
