using System.Threading.Channels;

namespace Voltwright.Stations;

/// <summary>
/// Stations of which something is wanted that has not reached them: each is named once, until it is looked after. Nobody is looked
/// after twice at the same time; what is wanted meanwhile is looked after next.
/// </summary>
public sealed class UndeliveredWishes
{
    private readonly Channel<string> _stations = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, Stage> _stages = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private enum Stage
    {
        Queued,
        UnderWay,
        UnderWayAndWantedAgain,
    }

    public void Add(string stationId)
    {
        lock (_lock)
        {
            if (!_stages.TryGetValue(stationId, out var stage))
                Queue(stationId);
            else if (stage == Stage.UnderWay)
                _stages[stationId] = Stage.UnderWayAndWantedAgain;
        }
    }

    /// <summary>The next one to look after; <see cref="Done"/> says that it was.</summary>
    public async ValueTask<string> NextAsync(CancellationToken cancellation)
    {
        var stationId = await _stations.Reader.ReadAsync(cancellation);
        lock (_lock)
            _stages[stationId] = Stage.UnderWay;
        return stationId;
    }

    public void Done(string stationId)
    {
        lock (_lock)
        {
            if (_stages.Remove(stationId, out var stage) && stage == Stage.UnderWayAndWantedAgain)
                Queue(stationId);
        }
    }

    private void Queue(string stationId)
    {
        _stages[stationId] = Stage.Queued;
        _stations.Writer.TryWrite(stationId);
    }
}
