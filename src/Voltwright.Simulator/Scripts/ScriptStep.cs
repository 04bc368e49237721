namespace Voltwright.Simulator.Scripts;

/// <summary>
/// One line of a script: <c>{"do":"tap","card":"TAG","expect":{"led":"main","color":"green"}}</c>. What is expected is waited for from
/// before the action on.
/// </summary>
public sealed record ScriptStep
{
    /// <summary>
    /// tap, plug-in, unplug, fault, recover, open-door, offline, online, crash, wait (real seconds), charge (simulated minutes), or
    /// expect, which only waits.
    /// </summary>
    public required string Do { get; init; }

    public string? Card { get; init; }

    public int? Slot { get; init; }

    public string? Code { get; init; }

    public string? Info { get; init; }

    public double? Seconds { get; init; }

    public double? Minutes { get; init; }

    public int? BatteryWh { get; init; }

    public int? SocPercent { get; init; }

    public int? PowerW { get; init; }

    public ScriptExpectation? Expect { get; init; }
}

/// <summary>What must become of a LED, a slot or a tap.</summary>
public sealed record ScriptExpectation
{
    public string? Led { get; init; }

    public string? Color { get; init; }

    public string? Action { get; init; }

    public int? Slot { get; init; }

    /// <summary>Available, Preparing, Charging, SuspendedByCar, SuspendedByStation, Finishing, Reserved, Unavailable or Faulted.</summary>
    public string? Status { get; init; }

    public bool? Locked { get; init; }

    /// <summary>What the reader says at once: Accepted, Blocked, Expired, Invalid, ConcurrentTx, stopped, reported.</summary>
    public string? Answer { get; init; }

    public double WithinSeconds { get; init; } = 10;
}
