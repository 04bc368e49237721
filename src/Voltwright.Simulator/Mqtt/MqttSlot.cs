using Voltwright.Simulator.Charging;

namespace Voltwright.Simulator.Mqtt;

/// <summary>What a native station keeps about one slot beside what can be seen of it. Guarded by the station's lock.</summary>
sealed class MqttSlot(int number)
{
    public int Number => number;

    public Vehicle? Vehicle { get; set; }

    /// <summary>A start that waits for the cable.</summary>
    public (string? SessionId, string CardId)? Ordered { get; set; }

    public ChargingProcess? Process { get; private set; }

    public DateTimeOffset LastAdvance { get; set; }

    public CancellationTokenSource? Ended { get; private set; }

    public int LimitW { get; private set; } = int.MaxValue;

    public bool IsJammed { get; set; }

    public void Begin(Vehicle vehicle, long meterWh, DateTimeOffset now)
    {
        Process = new ChargingProcess(vehicle, meterWh) { LimitW = LimitW };
        (LastAdvance, Ended) = (now, new CancellationTokenSource());
    }

    public void End()
    {
        Process = null;
        Ended?.Cancel();
    }

    public void Limit(int watts)
    {
        LimitW = watts;
        if (Process is not null) Process.LimitW = watts;
    }
}
