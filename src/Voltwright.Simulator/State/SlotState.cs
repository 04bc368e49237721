namespace Voltwright.Simulator.State;

/// <param name="MeterWh">The energy register, which never starts anew.</param>
/// <param name="Session">Transaction id (OCPP) or session id (native) while charging.</param>
public sealed record SlotState(
    int Number, SlotStatus Status = SlotStatus.Available, bool IsPlugged = false, bool IsLocked = false, long MeterWh = 0, int PowerW = 0,
    string? CardId = null, string? Session = null, string? Error = null);

public sealed record LedState(string Action, string? Color = null, int? DurationMs = null);

/// <summary>What became of a LED or slot, and when.</summary>
/// <param name="Subject"><c>led main</c>, <c>led 1</c>, <c>slot 1</c>, <c>station</c>.</param>
/// <param name="At">Simulated time.</param>
/// <param name="Timestamp">Of the real clock, to measure latencies with.</param>
public sealed record StateChange(string Subject, object State, DateTimeOffset At, long Timestamp);
