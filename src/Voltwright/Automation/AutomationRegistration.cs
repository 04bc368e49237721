using Microsoft.Extensions.DependencyInjection;
using Voltwright.Automation.Invocations;
using Voltwright.Cluster;
using Voltwright.Storage;

namespace Voltwright.Automation;

public static class AutomationRegistration
{
    /// <summary>
    /// Everything that runs workflows. <see cref="WorkflowCatalog.LoadAsync"/> has to be called before the host starts;
    /// register the silo before, so that it stops after.
    /// </summary>
    public static IServiceCollection AddAutomation(
        this IServiceCollection services, AutomationOptions options, Func<IServiceProvider, HttpCallerOptions> http)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider =>
            new DefinitionLoader(provider.GetRequiredService<HttpCaller>(), options.Invocations.ResourceFolder, options.Secrets));
        services.AddSingleton<WorkflowCatalog>();
        services.AddSingleton(provider => new HttpCaller(http(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
            new Invoker(options.Invocations, provider.GetRequiredService<HttpCaller>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITimerTarget, RunTimers>();
        services.AddSingleton<ITimerTarget, ScheduleTimers>();
        services.AddSingleton<RunRecovery>();
        services.AddSingleton<INodeLossTarget>(provider => provider.GetRequiredService<RunRecovery>());
        services.AddHostedService(provider => provider.GetRequiredService<RunRecovery>());
        services.AddHostedService<RunPurge>();
        services.AddHostedService<Dispatching>();
        return services;
    }
}
