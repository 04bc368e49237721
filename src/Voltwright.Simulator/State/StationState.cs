namespace Voltwright.Simulator.State;

/// <summary>
/// Everything that can be seen of a station: LEDs, slots, connection. Keeps its recent changes and lets callers wait for one.
/// </summary>
public sealed class StationState(string stationId, int slots, SimulationClock clock)
{
    const int MaxHistory = 1000;

    readonly Lock _lock = new();
    readonly Dictionary<string, LedState> _leds = [];
    readonly SlotState[] _slots = [.. Enumerable.Range(1, slots).Select(number => new SlotState(number))];
    readonly LinkedList<StateChange> _history = [];
    readonly List<Waiter> _waiters = [];
    bool _connected;

    public string StationId => stationId;

    public int SlotCount => slots;

    public bool IsConnected
    {
        get { lock (_lock) return _connected; }
    }

    /// <summary>The latest changes, oldest first.</summary>
    public IReadOnlyList<StateChange> History
    {
        get { lock (_lock) return [.. _history]; }
    }

    public SlotState Slot(int number)
    {
        lock (_lock) return _slots[IndexOf(number)];
    }

    /// <summary>Null while the LED was never set.</summary>
    public LedState? Led(string name)
    {
        lock (_lock) return _leds.GetValueOrDefault(name);
    }

    public void SetLed(string name, LedState led)
    {
        lock (_lock)
        {
            _leds[name] = led;
            Changed($"led {name}", led);
        }
    }

    public void SetConnected(bool connected)
    {
        lock (_lock)
        {
            if (_connected == connected) return;
            _connected = connected;
            Changed("station", connected ? "connected" : "disconnected");
        }
    }

    /// <summary>Changes a slot in one step and returns its new state.</summary>
    public SlotState Change(int number, Func<SlotState, SlotState> change)
    {
        lock (_lock)
        {
            var index = IndexOf(number);
            var after = change(_slots[index]);
            if (after == _slots[index]) return after;
            _slots[index] = after;
            Changed($"slot {number}", after);
            return after;
        }
    }

    /// <summary>Waits for a change that comes after this call: arm it before the action.</summary>
    /// <exception cref="TimeoutException">It did not come; says what was expected and what was seen instead.</exception>
    public Task<StateChange> WaitForChangeAsync(string expected, Func<StateChange, bool> isIt, TimeSpan patience)
    {
        lock (_lock)
        {
            var waiter = new Waiter(expected, isIt);
            _waiters.Add(waiter);
            return AwaitAsync(waiter, patience);
        }
    }

    /// <summary>Waits until a slot is as expected; at once when it already is.</summary>
    /// <exception cref="TimeoutException">It did not come to that.</exception>
    public Task WaitForSlotAsync(int number, string expected, Func<SlotState, bool> isIt, TimeSpan patience)
    {
        lock (_lock)
        {
            return isIt(_slots[IndexOf(number)])
                ? Task.CompletedTask
                : WaitForChangeAsync(
                    $"slot {number} {expected}", change => change.State is SlotState slot && slot.Number == number && isIt(slot), patience);
        }
    }

    async Task<StateChange> AwaitAsync(Waiter waiter, TimeSpan patience)
    {
        try
        {
            return await waiter.Found.Task.WaitAsync(patience, clock.Time);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(Explain(waiter, patience));
        }
        finally
        {
            lock (_lock) _waiters.Remove(waiter);
        }
    }

    string Explain(Waiter waiter, TimeSpan patience)
    {
        lock (_lock)
        {
            var seen = waiter.Seen.Count == 0 ? "nothing changed" : string.Join("; ", waiter.Seen);
            var now = string.Join(", ", _slots.Select(slot => $"slot {slot.Number} {slot.Status}"));
            return $"{stationId}: expected {waiter.Expected} within {patience.TotalSeconds:0.##} s; seen: {seen}; "
                + $"now: {now}, {(_connected ? "connected" : "disconnected")}";
        }
    }

    void Changed(string subject, object state)
    {
        var change = new StateChange(subject, state, clock.Now, clock.Time.GetTimestamp());
        _history.AddLast(change);
        if (_history.Count > MaxHistory) _history.RemoveFirst();
        foreach (var waiter in _waiters) waiter.See(change);
    }

    int IndexOf(int number) => number >= 1 && number <= slots
        ? number - 1
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"{stationId} has slots 1 to {slots}");

    sealed class Waiter(string expected, Func<StateChange, bool> isIt)
    {
        const int MaxSeen = 20;

        public string Expected => expected;

        public List<string> Seen { get; } = [];

        public TaskCompletionSource<StateChange> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void See(StateChange change)
        {
            if (isIt(change)) Found.TrySetResult(change);
            else if (Seen.Count < MaxSeen) Seen.Add($"{change.Subject} {change.State}");
        }
    }
}
