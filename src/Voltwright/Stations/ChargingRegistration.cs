using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Voltwright.Gateway;
using Voltwright.Payments;
using Voltwright.Storage;
using Voltwright.Tariffs;

namespace Voltwright.Stations;

public static class ChargingRegistration
{
    /// <summary>The charging domain. Store, Orleans and clock come from the host; a payment provider may be registered before.</summary>
    public static IServiceCollection AddChargingDomain(this IServiceCollection services, ChargingOptions? options = null)
    {
        if (services.Any(s => s.ServiceType == typeof(StationControl)))
            return services;
        services.AddSingleton((options ?? new ChargingOptions()).Validated());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StationLinks>();
        services.TryAddSingleton<IPaymentProvider, LedgerPayments>();
        services.AddSingleton<TariffCatalog>();
        services.AddSingleton<TransactionNumbers>();
        services.AddSingleton<CandidateList>();
        services.AddSingleton<SessionSignals>();
        services.AddSingleton<UndeliveredWishes>();
        services.AddSingleton<StationControl>();
        services.AddSingleton<ITimerTarget, StationTimers>();
        services.AddHostedService<WishDelivery>();
        return services;
    }
}
