using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Certificates;
using Voltwright.Server;

namespace Voltwright.Cli.Commands;

/// <summary>The options of <c>serve</c> about how stations reach it: certificates, addresses, brokers.</summary>
internal static class StationSide
{
    private static readonly Option<string[]> Certificate = new("--certificate")
    {
        Description = "The certificate shown at https addresses: PEM with --certificate-key, or PKCS #12 "
            + "(its password in VOLTWRIGHT_CERTIFICATE_PASSWORD). Twice, one with an elliptic-curve key and one with an RSA key, "
            + "shows each station the one that it can use. Default: one of our own authority.",
    };

    private static readonly Option<string[]> Key = new("--certificate-key")
    {
        Description = "The key of a PEM certificate; as often as --certificate, in the same order.",
    };

    private static readonly Option<string> StationRoots = new("--station-roots")
    {
        Description = "PEM file of authorities whose certificates of stations are believed, beside our own.",
    };

    private static readonly Option<string> Authority = new("--station-authority")
    {
        Description = "URL where certificate requests of stations are sent to be signed (PEM in, PEM chain out), instead of our own authority.",
    };

    private static readonly Option<string> ContractPool = new("--contract-pool")
    {
        Description = "URL where requests of vehicles for contract certificates (ISO 15118) are sent: the station's Get15118EVCertificate "
            + "as JSON in, its answer as JSON out. Without it they are refused.",
    };

    private static readonly Option<string> Public = new("--public-address")
    {
        Description = "URL at which stations reach this server, for uploads. Default: what each station dialled.",
    };

    private static readonly Option<string> Broker = new("--mqtt-broker")
    {
        Description = "URL of a broker that native stations are at, mqtt:// or mqtts://, instead of the embedded one. "
            + "VOLTWRIGHT_MQTT_BROKER sets it too, and keeps its password out of the list of processes.",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Certificate, Key, StationRoots, Authority, ContractPool, Public, Broker })
            command.Add(option);
    }

    public static ServerOptions Read(ParseResult parsed, ServerOptions options) => options with
    {
        ServerCertificates = ReadCertificates(parsed.GetValue(Certificate) ?? [], parsed.GetValue(Key) ?? []),
        PublicAddress = parsed.GetValue(Public) is { } address ? ReadUrl(address, "--public-address") : null,
        MqttBroker = (parsed.GetValue(Broker) ?? Environment.GetEnvironmentVariable("VOLTWRIGHT_MQTT_BROKER")) is { Length: > 0 } broker
            ? ReadUrl(broker, "--mqtt-broker", "mqtt")
            : null,
        CertificatePassword = Environment.GetEnvironmentVariable("VOLTWRIGHT_CERTIFICATE_PASSWORD"),
        Certificates = new CertificateOptions
        {
            TrustedRoots = parsed.GetValue(StationRoots) is { } file ? ReadRoots(file) : [],
            Authority = parsed.GetValue(Authority) is { } url ? ReadUrl(url, "--station-authority") : null,
            ContractPool = parsed.GetValue(ContractPool) is { } pool ? ReadUrl(pool, "--contract-pool") : null,
        },
    };

    private static IReadOnlyList<CertificateFile> ReadCertificates(string[] files, string[] keys) =>
        keys.Length == 0 || keys.Length == files.Length
            ? [.. files.Select((file, at) => new CertificateFile(file, keys.ElementAtOrDefault(at)))]
            : throw new UsageException($"--certificate is there {files.Length} times and --certificate-key {keys.Length} times; "
                + "give each PEM certificate its key, in the same order, or all as PKCS #12.");

    private static Uri ReadUrl(string url, string option, string scheme = "http") =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme.StartsWith(scheme, StringComparison.Ordinal)
            ? address
            : throw new UsageException($"{option} is no {scheme} URL.");

    private static X509Certificate2Collection ReadRoots(string file)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--station-roots '{file}': {e.Message}");
        }

        return roots.Count > 0 ? roots : throw new UsageException($"--station-roots '{file}' has no certificate in it.");
    }
}
