using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Changes the tariff of a running transaction. OCPP 2.1 part 2, block I.</summary>
public sealed record ChangeTransactionTariffRequest : Extensible, IOcppRequest<ChangeTransactionTariffResponse>
{
    public required Tariff Tariff { get; init; }
    [Text(36)] public required string TransactionId { get; init; }
}

/// <summary>Answers <see cref="ChangeTransactionTariffRequest"/>.</summary>
public sealed record ChangeTransactionTariffResponse : Extensible
{
    public required TariffChangeStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum TariffChangeStatus
{
    Accepted,
    Rejected,
    TooManyElements,
    ConditionNotSupported,
    TxNotFound,
    NoCurrencyChange,
}
