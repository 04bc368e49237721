using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Voltwright.Automation;
using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Gateway.Vendors;
using Voltwright.Health;
using Voltwright.Maintenance;
using Voltwright.Payments;
using Voltwright.SmartCharging;
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
        services.TryAddSingleton(new HoldOptions());
        services.AddSingleton<Holds>();
        services.AddSingleton<ITimerTarget>(provider => provider.GetRequiredService<Holds>());
        services.AddSingleton<TariffCatalog>();
        services.AddSingleton<TransactionNumbers>();
        services.AddSingleton<CandidateList>();
        services.AddSingleton<SiteCatalog>();
        services.TryAddSingleton(new CertificateOptions());
        services.AddSingleton<OwnAuthority>();
        services.TryAddSingleton<ICertificateAuthority>(provider =>
            provider.GetRequiredService<CertificateOptions>().Authority is { } address
                ? new OutsideAuthority(address, new HttpClient { Timeout = TimeSpan.FromSeconds(15) })
                : provider.GetRequiredService<OwnAuthority>());
        services.AddSingleton<CertificateRegister>();
        services.AddSingleton(provider => new OcspClient(provider.GetService<HttpCaller>()?.Routes ?? new HttpRoutes()));
        services.AddSingleton<CommandDesk>();
        services.TryAddSingleton(new MaintenanceOptions());
        services.TryAddSingleton(new GatewayOptions());
        services.AddSingleton<FirmwareUpdates>();
        services.AddSingleton<LogTransfers>();
        services.AddHostedService<HealthRecorder>();
        services.AddSingleton<HealthReports>();
        services.AddSingleton<ChargingProfiles>();
        services.AddSingleton<VehiclePlans>();
        services.AddSingleton<VendorTable>();
        services.AddSingleton<CardLists>();
        services.AddSingleton<StationSecurity>();
        services.AddSingleton<ITimerTarget, CertificateRenewal>();
        services.AddSingleton<SessionSignals>();
        services.TryAddSingleton<UndeliveredWishes>();
        services.AddSingleton<StationControl>();
        services.AddSingleton<ITimerTarget, StationTimers>();
        services.AddNode();
        services.AddSingleton<WishDelivery>();
        services.AddSingleton<INodeLossTarget>(provider => provider.GetRequiredService<WishDelivery>());
        services.AddHostedService(provider => provider.GetRequiredService<WishDelivery>());
        return services;
    }
}
