using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.Cluster;
using Voltwright.Gateway.Mqtt;
using Voltwright.Gateway.Native;
using Voltwright.Gateway.Ocpp;
using Voltwright.Gateway.Ocpp.V201;
using Voltwright.SmartCharging;
using Voltwright.Stations;

namespace Voltwright.Gateway;

public static class GatewayRegistration
{
    /// <param name="withMqtt">False starts no broker; one of the operator's is used all the same.</param>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options, bool withMqtt = true)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StationLinks>();
        services.TryAddSingleton<UndeliveredWishes>();
        services.TryAddSingleton(provider => new ThisNode(provider.GetService<ILocalSiloDetails>()));
        services.AddSingleton<AuthenticationThrottle>();
        services.AddSingleton<StationTalk>();
        services.AddSingleton<NativeEvents>();
        services.AddSingleton<OcppGateway>();
        services.TryAddSingleton<StationLookup>(provider =>
        {
            var grains = provider.GetRequiredService<IGrainFactory>();
            return stationId => grains.Find<IStationGrain>(stationId);
        });
        services.TryAddSingleton(provider => provider.GetService<IGrainFactory>() is { } grains
            ? new OcppSources(
                cardId => grains.Find<ICardGrain>(cardId).Get(), provider.GetService<VehiclePlans>(), provider.GetService<OcspClient>(),
                PoolOf(provider))
            : OcppSources.None);
        if (options.MqttBroker is not null)
        {
            services.AddSingleton<MqttBridge>();
            services.AddHostedService(provider => provider.GetRequiredService<MqttBridge>());
        }
        else if (withMqtt)
        {
            services.AddSingleton<MqttGateway>();
            services.AddHostedService(provider => provider.GetRequiredService<MqttGateway>());
        }

        return services;
    }

    // A vehicle that waits for its certificate has seconds, not minutes.
    private static ContractPool? PoolOf(IServiceProvider provider) => provider.GetService<CertificateOptions>()?.ContractPool is { } address
        ? new ContractPool(
            address, new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 65_536 },
            provider.GetRequiredService<ILogger<ContractPool>>())
        : null;

    /// <summary>
    /// Stations connect to <c>/ocpp/{stationId}</c>. They authenticate themselves in the handshake, not by the API's keys, and what
    /// guards the API is passed by: it would be held in memory for as long as each of them is connected. So web sockets are used before
    /// routing.
    /// </summary>
    public static IEndpointConventionBuilder MapOcppGateway(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(
            "/ocpp/{stationId}", (HttpContext context, string stationId, OcppGateway gateway) => gateway.ServeAsync(context, stationId))
            .AllowAnonymous()
            .ShortCircuit()
            .ExcludeFromDescription();
}
