using Microsoft.Extensions.DependencyInjection;
using Voltwright.Automation;
using Voltwright.Forwarding.Webhooks;

namespace Voltwright.Forwarding;

public static class ForwardingRegistration
{
    /// <summary>Everything that sends events to others. Register it after the silo, so that it stops before.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services)
    {
        services.AddSingleton(provider => new WebhookHttp(provider.GetRequiredService<HttpCaller>().Routes));
        services.AddHostedService<ForwardingWatch>();
        return services;
    }
}
