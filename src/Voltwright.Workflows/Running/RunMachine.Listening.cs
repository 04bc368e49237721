using Voltwright.Jq;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

// Events from outside: to the tasks that listen now, or kept for those that will.
internal sealed partial class RunMachine
{
    // What a run nobody listens in any more may keep; the oldest go first.
    private const int MostKept = 10_000;

    /// <summary>Hands the events that came too early to a task that begins to listen; what it takes is kept no longer.</summary>
    public void OfferKept(Func<JsonValue, bool> takes)
    {
        foreach (var e in _memory.Events.FindAll(e => takes(e)))
        {
            _memory.Events.Remove(e);
            _consumed.Add(e);
        }
    }

    /// <summary>Tells by which keys the events of a task belonged together.</summary>
    public void Correlated(JsonObject keys) => _correlations.Add(keys);

    private void Subscribe()
    {
        if (!_program.Listens)
            return;
        _memory.Subscription = NextId('s');
        _commands.Add(new Subscribe(_memory.Subscription, _program.ListenedTypes));
    }

    private void Unsubscribe()
    {
        if (_memory.Subscription is { } id && _commands.RemoveAll(c => c is Subscribe) == 0)
            _commands.Add(new Unsubscribe(id));
        _memory.Subscription = null;
        _memory.Events.Clear();
    }

    private void Distribute(JsonValue cloudEvent)
    {
        var taken = false;
        foreach (var strand in _memory.Strands.ToArray())
        {
            foreach (var listener in strand.Stack.OfType<ListenActivation>().ToArray())
            {
                if (_memory.IsOver || !_memory.Strands.Contains(strand) || !strand.Stack.Contains(listener))
                    continue;
                _strand = strand;
                Current.Restore(listener);
                taken |= ((ListenNode)listener.Node).Take(this, listener, cloudEvent);
                if (strand.Top == listener)
                    Loop(((ListenNode)listener.Node).Proceed(this, listener));
            }
        }

        // A task that takes every type gets what happens while it listens, not the whole past.
        if (taken)
            _consumed.Add(cloudEvent);
        if (taken || _memory.IsOver)
            return;
        if (_program.ListenedTypes?.Contains(cloudEvent["type"].TryGetString(out var type) ? type : "") != true)
        {
            _isVoid = true;
            return;
        }

        _memory.Events.Add(cloudEvent);
        if (_memory.Events.Count > MostKept)
            _memory.Events.RemoveAt(0);
    }
}
