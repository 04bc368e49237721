using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A transaction has started, goes on or has ended: a fact, always taken note of. OCPP 2.0.1 part 2, block E.</summary>
public sealed record TransactionEventRequest : Extensible, IOcppRequest<TransactionEventResponse>
{
    public required TransactionEventType EventType { get; init; }
    [Items(1)] public IReadOnlyList<MeterValue>? MeterValue { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    public required TriggerReason TriggerReason { get; init; }

    /// <summary>Counts up per transaction: tells repetitions and gaps.</summary>
    [AtLeast(0, Only21 = true)] public required int SeqNo { get; init; }

    /// <summary>It happened while the station was offline; absent is false.</summary>
    public bool? Offline { get; init; }

    [AtLeast(0, Only21 = true), AtMost(3, Only21 = true)] public int? NumberOfPhasesUsed { get; init; }

    /// <summary>A.</summary>
    public int? CableMaxCurrent { get; init; }

    [AtLeast(0, Only21 = true)] public int? ReservationId { get; init; }
    public required Transaction TransactionInfo { get; init; }
    public EVSE? Evse { get; init; }

    /// <summary>Who presented a token at this event, if somebody did.</summary>
    public IdToken? IdToken { get; init; }

    [Since21] public CostDetails? CostDetails { get; init; }
    [Since21] public PreconditioningStatus? PreconditioningStatus { get; init; }
    [Since21] public bool? EvseSleep { get; init; }
}

/// <summary>Answers <see cref="TransactionEventRequest"/>.</summary>
public sealed record TransactionEventResponse : Extensible
{
    /// <summary>With tax, in the currency the station is configured with; 0 is free.</summary>
    public decimal? TotalCost { get; init; }

    public int? ChargingPriority { get; init; }
    public IdTokenInfo? IdTokenInfo { get; init; }
    public MessageContent? UpdatedPersonalMessage { get; init; }
    [Since21] public TransactionLimit? TransactionLimit { get; init; }
    [Since21, Items(1, 4)] public IReadOnlyList<MessageContent>? UpdatedPersonalMessageExtra { get; init; }
}

public enum PreconditioningStatus
{
    Unknown,
    Ready,
    NotReady,
    Preconditioning,
}

public enum TransactionEventType
{
    Ended,
    Started,
    Updated,
}

public enum TriggerReason
{
    AbnormalCondition,
    Authorized,
    CablePluggedIn,
    ChargingRateChanged,
    ChargingStateChanged,
    [Since21] CostLimitReached,
    Deauthorized,
    EnergyLimitReached,
    EVCommunicationLost,
    EVConnectTimeout,
    EVDeparted,
    EVDetected,
    [Since21] LimitSet,
    MeterValueClock,
    MeterValuePeriodic,
    [Since21] OperationModeChanged,
    RemoteStart,
    RemoteStop,
    ResetCommand,
    [Since21] RunningCost,
    SignedDataReceived,
    [Since21] SoCLimitReached,
    StopAuthorized,
    [Since21] TariffChanged,
    [Since21] TariffNotAccepted,
    TimeLimitReached,
    Trigger,
    [Since21] TxResumed,
    UnlockCommand,
}
