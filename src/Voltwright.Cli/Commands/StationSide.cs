using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Certificates;
using Voltwright.Server;

namespace Voltwright.Cli.Commands;

/// <summary>The options of <c>serve</c> about how stations reach it: certificates, addresses, brokers.</summary>
internal static class StationSide
{
    private static readonly Option<string> Certificate = new("--certificate")
    {
        Description = "The certificate shown at https addresses: PEM with --certificate-key, or PKCS #12 "
            + "(its password in VOLTWRIGHT_CERTIFICATE_PASSWORD). Default: one of our own authority.",
    };

    private static readonly Option<string> Key = new("--certificate-key") { Description = "The key of a PEM certificate." };

    private static readonly Option<string> StationRoots = new("--station-roots")
    {
        Description = "PEM file of authorities whose certificates of stations are believed, beside our own.",
    };

    private static readonly Option<string> Authority = new("--station-authority")
    {
        Description = "URL where certificate requests of stations are sent to be signed (PEM in, PEM chain out), instead of our own authority.",
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
        foreach (var option in new Option[] { Certificate, Key, StationRoots, Authority, Public, Broker })
            command.Add(option);
    }

    public static ServerOptions Read(ParseResult parsed, ServerOptions options) => options with
    {
        Certificate = parsed.GetValue(Certificate),
        CertificateKey = parsed.GetValue(Key),
        PublicAddress = parsed.GetValue(Public) is { } address ? ReadUrl(address, "--public-address") : null,
        MqttBroker = (parsed.GetValue(Broker) ?? Environment.GetEnvironmentVariable("VOLTWRIGHT_MQTT_BROKER")) is { Length: > 0 } broker
            ? ReadUrl(broker, "--mqtt-broker", "mqtt")
            : null,
        CertificatePassword = Environment.GetEnvironmentVariable("VOLTWRIGHT_CERTIFICATE_PASSWORD"),
        Certificates = new CertificateOptions
        {
            TrustedRoots = parsed.GetValue(StationRoots) is { } file ? ReadRoots(file) : [],
            Authority = parsed.GetValue(Authority) is { } url ? ReadUrl(url, "--station-authority") : null,
        },
    };

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
