using Microsoft.Extensions.DependencyInjection;
using Voltwright.Automation.Invocations;
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
        services.AddSingleton<WorkflowCatalog>();
        services.AddSingleton(provider => new HttpCaller(http(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
            new Invoker(options.Invocations, provider.GetRequiredService<HttpCaller>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RunListeners>();
        services.AddSingleton<ITimerTarget, RunTimers>();
        services.AddSingleton<ITimerTarget, ScheduleTimers>();
        services.AddHostedService<RunRecovery>();
        services.AddHostedService<RunPurge>();
        services.AddHostedService<EventDispatcher>();
        return services;
    }
}
