using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>One event of one variable.</summary>
public sealed record EventData : Extensible
{
    [AtLeast(0, Only21 = true)] public required int EventId { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    public required EventTrigger Trigger { get; init; }
    [AtLeast(0, Only21 = true)] public int? Cause { get; init; }
    [Text(2500)] public required string ActualValue { get; init; }

    /// <summary>The vendor's error code.</summary>
    [Text(50)] public string? TechCode { get; init; }

    [Text(500)] public string? TechInfo { get; init; }

    /// <summary>The situation is over.</summary>
    public bool? Cleared { get; init; }

    [Text(36)] public string? TransactionId { get; init; }
    public required Component Component { get; init; }
    [AtLeast(0, Only21 = true)] public int? VariableMonitoringId { get; init; }
    public required EventNotification EventNotificationType { get; init; }
    public required Variable Variable { get; init; }
    [Since21, AtLeast(0)] public int? Severity { get; init; }
}

public enum EventTrigger
{
    Alerting,
    Delta,
    Periodic,
}
