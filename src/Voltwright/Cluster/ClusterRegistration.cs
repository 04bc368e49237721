using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Voltwright.Storage;

namespace Voltwright.Cluster;

public static class ClusterRegistration
{
    /// <summary>What one node needs of the others; a node alone needs the same, and finds nobody.</summary>
    public static IServiceCollection AddNode(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ThisNode(provider.GetService<ILocalSiloDetails>()));
        services.AddSingleton<StationSocketsClient>();
        services.AddSingleton<StationRoutes>();
        services.AddSingleton<Membership>();
        services.AddGrainService<StationSockets>();
        return services;
    }

    /// <summary>That there are others: their work is taken over when they are lost, and timers are everybody's.</summary>
    public static IServiceCollection AddTakeOver(this IServiceCollection services)
    {
        services.AddSingleton(provider => new TimerSharing(() => provider.GetRequiredService<Membership>().IsSenior));
        services.AddSingleton<IOutgoingGrainCallFilter, RetryRejected>();
        services.AddHostedService<TakeOver>();
        return services;
    }
}
