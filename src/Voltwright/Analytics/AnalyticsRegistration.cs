using Microsoft.Extensions.DependencyInjection;

namespace Voltwright.Analytics;

public static class AnalyticsRegistration
{
    /// <summary>Gathers figures and answers questions about them. The store's registration brings the <see cref="Figures"/> that keep them.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSingleton<Analyst>();
        services.AddHostedService<FiguresRecorder>();
        return services;
    }
}
