using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Voltwright.Stations;

/// <summary>Stations of which something is wanted that has not reached them: each is named once, until it is looked after.</summary>
public sealed class UndeliveredWishes
{
    private readonly Channel<string> _stations = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, byte> _queued = new(StringComparer.Ordinal);

    public void Add(string stationId)
    {
        if (_queued.TryAdd(stationId, 0))
            _stations.Writer.TryWrite(stationId);
    }

    public async ValueTask<string> NextAsync(CancellationToken cancellation)
    {
        var stationId = await _stations.Reader.ReadAsync(cancellation);
        _queued.TryRemove(stationId, out _);
        return stationId;
    }
}
