using System.Collections.Concurrent;
using Voltwright.Cluster;
using Voltwright.Server.Console.Layout;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Driver;

/// <summary>
/// Tells the open pages of one station that something happened there. Anybody may listen, so there is a bound; whoever is turned away
/// has a page that looks by itself now and then.
/// </summary>
internal sealed class DriverWatch
{
    private const int AtOneStation = 100;
    private const int Together = 20_000;
    private readonly ConcurrentDictionary<string, int> _listening = new(StringComparer.Ordinal);
    private int _together;

    public static async Task ServeAsync(
        string id, HttpContext context, DriverWatch watch, IGrainFactory grains, IStore store, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (!Station.IsValidId(id) || await grains.Find<IStationGrain>(id).Get() is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            if (watch.Enter(id))
                await ChangeStream.FollowAsync(context, id, null, Auth.Sight.All, store, time, lifetime);
            else
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        finally
        {
            watch.Leave(id);
        }
    }

    internal bool Enter(string id) =>
        (Interlocked.Increment(ref _together) <= Together) & (_listening.AddOrUpdate(id, 1, (_, n) => n + 1) <= AtOneStation);

    internal void Leave(string id)
    {
        Interlocked.Decrement(ref _together);
        if (_listening.AddOrUpdate(id, 0, (_, n) => n - 1) == 0)
            _listening.TryRemove(KeyValuePair.Create(id, 0));
    }
}
