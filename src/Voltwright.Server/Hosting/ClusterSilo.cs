using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Voltwright.Cluster;

namespace Voltwright.Server.Hosting;

internal static class ClusterSilo
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    public static void AddClusterSilo(this IHostApplicationBuilder builder, NodeOptions node, string database)
    {
        builder.UseOrleans(silo =>
        {
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", database));
            silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("voltwright", node.ClusterId));
            silo.Configure<EndpointOptions>(o =>
            {
                (o.AdvertisedIPAddress, o.SiloPort, o.SiloListeningEndpoint) = (node.Address.Address, node.Address.Port, node.Address);
                // Nobody but nodes takes part.
                o.GatewayPort = 0;
            });
            silo.Configure<ClusterMembershipOptions>(o => Tune(o, node));
            silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(10));
            silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = EmbeddedSilo.CachedPlaces);
            if (node.Certificate is not null)
                silo.UseTls(tls => Secure(tls, node));
        });
        builder.Services.AddTakeOver();
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Error);
        // What Orleans asks again by itself.
        builder.Logging.AddFilter("Polly", LogLevel.Error);
    }

    /// <summary>A node that was killed is found out within seconds, not minutes.</summary>
    private static void Tune(ClusterMembershipOptions options, NodeOptions node)
    {
        options.ProbeTimeout = node.Probe;
        options.NumMissedProbesLimit = node.ProbesMissed;
        options.NumVotesForDeathDeclaration = 1;
        options.TableRefreshTimeout = SignOfLife;
        options.IAmAliveTablePublishTimeout = SignOfLife;
        options.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
    }

    private static void Secure(TlsOptions tls, NodeOptions node)
    {
        tls.LocalCertificate = node.Certificate;
        tls.LocalServerCertificateSelector = (_, _) => node.Certificate!;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => node.Certificate!;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, _, _) => IsNode(certificate, node.Authorities);
        // Nodes are known by who signed their certificates, not by where they are.
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = "voltwright";
    }

    private static bool IsNode(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
