using Voltwright.Ocpp;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp2;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Simulator.Fleets;

/// <summary>Many stations with their drivers, against any management system.</summary>
public sealed class Fleet(FleetOptions options, TimeProvider? time = null)
{
    static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    readonly SimulationClock _clock = new(time ?? TimeProvider.System, options.Speed);
    readonly FleetCounters _counters = new();

    /// <summary>Switches all stations on, lets drivers come for the duration, switches all off.</summary>
    /// <param name="progress">Hears every second.</param>
    public async Task<FleetReport> RunAsync(IProgress<FleetReport>? progress = null, CancellationToken cancellation = default)
    {
        var began = _clock.Time.GetTimestamp();
        var stations = Enumerable.Range(1, options.Stations).Select(Create).ToArray();
        try
        {
            var ready = await ConnectAsync(stations, cancellation);
            using var over = new CancellationTokenSource(options.Duration, _clock.Time);
            using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
            var driving = Task.WhenAll(ready.Select(place => Driver(place.Station, place.Number).RunAsync(closing.Token)));
            while (await Task.WhenAny(driving, Task.Delay(ReportEvery, _clock.Time, CancellationToken.None)) != driving)
                progress?.Report(_counters.Report(stations, _clock.Time.GetElapsedTime(began)));
            await driving;
        }
        finally
        {
            await Task.WhenAll(stations.Select(station => station.DisposeAsync().AsTask()));
        }

        return _counters.Report(stations, _clock.Time.GetElapsedTime(began));
    }

    SeededDriver Driver(VirtualStation station, int number) =>
        new(station, options.CardOf(number), new Random(SeedOf(number)), _counters);

    int SeedOf(int number) => unchecked((options.Seed * 1_000_003) + number);

    async Task<IReadOnlyList<(VirtualStation Station, int Number)>> ConnectAsync(VirtualStation[] stations, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(options.ConnectAtOnce);
        var ready = await Task.WhenAll(stations.Select(async (station, index) =>
        {
            await places.WaitAsync(cancellation);
            try
            {
                await station.StartAsync(cancellation);
                _counters.Connected();
                return (Station: station, Number: index + 1);
            }
            catch (TimeoutException refused)
            {
                _counters.Problem(refused.Message);
                return default;
            }
            finally
            {
                places.Release();
            }
        }));
        return [.. ready.Where(place => place.Number > 0)];
    }

    VirtualStation Create(int number) => options.Protocol switch
    {
        FleetProtocol.Ocpp16 => new OcppStation(OcppOptionsOf(number), _clock),
        FleetProtocol.Ocpp201 => new Ocpp2Station(OcppOptionsOf(number), OcppVersion.V201, _clock),
        FleetProtocol.Ocpp21 => new Ocpp2Station(OcppOptionsOf(number), OcppVersion.V21, _clock),
        _ => new MqttStation(
            new MqttStationOptions
            {
                Id = options.IdOf(number),
                Host = options.Endpoint.Host,
                Port = options.Endpoint.Port > 0 ? options.Endpoint.Port : 1883,
                Secret = options.Secret,
                Slots = options.Slots,
                Seed = SeedOf(number),
            },
            _clock),
    };

    OcppStationOptions OcppOptionsOf(int number) => new()
    {
        Id = options.IdOf(number),
        Endpoint = options.Endpoint,
        Secret = options.Secret,
        Connectors = options.Slots,
        Seed = SeedOf(number),
    };
}
