using System.Net;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Voltwright.Server.Hosting;

internal static class EmbeddedSilo
{
    /// <summary>Where grains are; room for them is taken at once, and Orleans' own figure is a million.</summary>
    public const int CachedPlaces = 100_000;

    public static void AddEmbeddedSilo(this IHostApplicationBuilder builder)
    {
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: 11111, gatewayPort: 0, serviceId: "voltwright", clusterId: "embedded");
            silo.Configure<EndpointOptions>(o => o.AdvertisedIPAddress = IPAddress.Loopback);
            silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(10));
            silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = CachedPlaces);
            silo.Services.ReplaceKeyed<IConnectionListenerFactory>(new SilentTransport());
        });
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Error);
    }

    // Orleans keys its listeners by objects of its own; replacing what is registered needs none of them by name.
    private static void ReplaceKeyed<T>(this IServiceCollection services, T instance)
        where T : class
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i].IsKeyedService && services[i].ServiceType == typeof(T))
                services[i] = ServiceDescriptor.KeyedSingleton(services[i].ServiceKey, instance);
        }
    }
}
