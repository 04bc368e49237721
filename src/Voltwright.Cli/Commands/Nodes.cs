using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Server;

namespace Voltwright.Cli.Commands;

/// <summary>Options by which several servers on one PostgreSQL database become one system.</summary>
internal static class Nodes
{
    private static readonly Option<string> Cluster = new("--cluster")
    {
        Description = "Be one node of the cluster of that name; all its nodes share the database of --postgres.",
    };

    private static readonly Option<string> Address = new("--cluster-address")
    {
        Description = "IP:PORT where the other nodes reach this one; it listens there and nowhere else.",
        DefaultValueFactory = _ => new NodeOptions().Address.ToString(),
    };

    private static readonly Option<string> Certificate = new("--cluster-certificate")
    {
        Description = "PEM file with this node's certificate: nodes then speak by mutual TLS.",
    };

    private static readonly Option<string> Key = new("--cluster-key") { Description = "PEM file with that certificate's private key." };

    private static readonly Option<string> Authority = new("--cluster-ca")
    {
        Description = "PEM file with the certificates that sign those of nodes.",
    };

    private static readonly Option<string> Drain = new("--drain")
    {
        Description = "How long requests are still answered after SIGTERM, while /health/ready says no: 5s.",
        DefaultValueFactory = _ => "0s",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Cluster, Address, Certificate, Key, Authority, Drain })
            command.Options.Add(option);
    }

    public static TimeSpan ReadDrain(ParseResult parsed) => Options.Duration(parsed.GetValue(Drain)!);

    /// <summary>Null for a server alone.</summary>
    public static NodeOptions? Read(ParseResult parsed, bool hasPostgres)
    {
        if (parsed.GetValue(Cluster) is not { } cluster)
            return null;
        if (!hasPostgres)
            throw new UsageException("--cluster needs --postgres: the nodes meet in its database.");
        if (!IPEndPoint.TryParse(parsed.GetValue(Address)!, out var address) || address.Port == 0)
            throw new UsageException($"--cluster-address '{parsed.GetValue(Address)}' is no IP:PORT; write 10.0.0.5:11111.");
        var node = new NodeOptions { ClusterId = cluster, Address = address };
        return (parsed.GetValue(Certificate), parsed.GetValue(Key), parsed.GetValue(Authority)) switch
        {
            (null, null, null) => node,
            ({ } certificate, { } key, { } authority) => node with { Certificate = Load(certificate, key), Authorities = Load(authority) },
            _ => throw new UsageException("--cluster-certificate, --cluster-key and --cluster-ca belong together."),
        };
    }

    private static X509Certificate2 Load(string certificate, string key)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
            // Some platforms do not take a key that was never in a store of theirs.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"--cluster-certificate {certificate}, --cluster-key {key}: {e.Message}");
        }
    }

    private static X509Certificate2Collection Load(string authority)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authority);
            return authorities.Count > 0 ? authorities : throw new UsageException($"--cluster-ca {authority} has no certificate in it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"--cluster-ca {authority}: {e.Message}");
        }
    }
}
