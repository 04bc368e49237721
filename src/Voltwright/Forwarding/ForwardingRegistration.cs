using Microsoft.Extensions.DependencyInjection;
using Voltwright.Automation;
using Voltwright.Forwarding.Publications;
using Voltwright.Forwarding.Webhooks;

namespace Voltwright.Forwarding;

public static class ForwardingRegistration
{
    /// <summary>Everything that sends events to others. Register it after the silo, so that it stops before.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services, IReadOnlyList<Publication> publications)
    {
        services.AddSingleton(provider => new WebhookHttp(provider.GetRequiredService<HttpCaller>().Routes));
        services.AddSingleton<Forwarders>();
        services.AddSingleton(new PublicationList(publications));
        services.AddHostedService<ForwardingWatch>();
        return services;
    }
}
