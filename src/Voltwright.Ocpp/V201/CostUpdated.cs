using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>Tells the driver the running total of a transaction. OCPP 2.0.1 part 2, block I.</summary>
public sealed record CostUpdatedRequest : Extensible, IOcppRequest<CostUpdatedResponse>
{
    /// <summary>With tax, in the currency the station is configured with.</summary>
    public required decimal TotalCost { get; init; }

    [Text(36)] public required string TransactionId { get; init; }
}

/// <summary>Answers <see cref="CostUpdatedRequest"/>.</summary>
public sealed record CostUpdatedResponse : Extensible;
