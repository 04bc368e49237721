using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Voltwright.Bench.Serving;
using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Payments;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Tariffs;
using Voltwright.Testing;

namespace Voltwright.Tests.Stations;

/// <summary>The charging domain for real: one silo in the process, one SQLite file. Tests share it and use stations of their own.</summary>
public sealed class DomainHost : IAsyncLifetime
{
    private readonly TemporaryStore _store = new();
    private IHost? _host;

    public IStore Store => _store.Store;

    public IGrainFactory Grains => Get<IGrainFactory>();

    public StationControl Control => Get<StationControl>();

    public T Get<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(Ports.Free(), Ports.Free(), serviceId: "tests", clusterId: Guid.NewGuid().ToString("N")));
        builder.Services.AddSingleton(Store);
        builder.Services.AddChargingDomain(new ChargingOptions
        {
            StationPatience = TimeSpan.FromMilliseconds(500), OwnActionWindow = TimeSpan.FromSeconds(1),
        });
        _host = builder.Build();
        await _host.StartAsync();
        await Get<TariffCatalog>().PutAsync(new Tariff { Currency = "EUR", PerKwh = 49, SessionFee = 100, TaxPercent = 20 });
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
        _store.Dispose();
    }

    /// <summary>A registered station that nobody else uses, connected or not.</summary>
    public async Task<FakeStation> StationAsync(int slots = 2, bool connected = true)
    {
        var id = $"CP-{Guid.NewGuid():N}"[..20];
        var grain = Grains.GetGrain<IStationGrain>(id);
        Assert.NotNull((await grain.Register(new StationRegistration(id, "ocpp1.6", slots, "secret"), null)).Value);
        var station = new FakeStation(id, grain);
        if (connected)
        {
            Get<StationLinks>().Add(station);
            await grain.Connected(station.LinkId, station.Protocol);
        }

        return station;
    }

    public async Task<string> CardAsync(CardStatus status = CardStatus.Active, string? account = null)
    {
        var id = $"TAG-{Guid.NewGuid():N}"[..20].ToUpperInvariant();
        Assert.NotNull((await Grains.GetGrain<ICardGrain>(id).Add(new Card(id, status, account), null)).Value);
        return id;
    }

    public async Task<IReadOnlyList<JsonValue>> EventsAsync(string stationId, string type) =>
        [.. (await Store.ReadEventsAsync(0, 100_000)).Select(e => e.Envelope).Where(e => e["subject"] == stationId && e["type"] == type)];
}

[CollectionDefinition(Name)]
public sealed class DomainCollection : ICollectionFixture<DomainHost>
{
    public const string Name = "domain";
}
