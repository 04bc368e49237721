using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Voltwright.Maintenance;
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
        services.AddSingleton<ReceivedFilesClient>();
        services.AddGrainService<ReceivedFilesService>();
        return services;
    }

    /// <summary>That there are others: their loss is found out, their work is taken over, and timers are everybody's.</summary>
    public static IServiceCollection AddTakeOver(this IServiceCollection services)
    {
        services.AddSingleton(provider => new TimerSharing(() => provider.GetRequiredService<Membership>().IsSenior));
        services.AddSingleton<IOutgoingGrainCallFilter, RetryRejected>();
        services.AddHostedService<RefusalWatch>();
        services.AddHostedService<TakeOver>();
        return services;
    }
}
