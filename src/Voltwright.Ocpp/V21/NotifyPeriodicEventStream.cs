using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Values of an event stream; a SEND, never answered. OCPP 2.1 part 2, block N.</summary>
public sealed record NotifyPeriodicEventStreamRequest : Extensible, IOcppRequest<NoResponse>
{
    [Items(1)] public required IReadOnlyList<StreamDataElement> Data { get; init; }
    [AtLeast(0)] public required int Id { get; init; }
    [AtLeast(0)] public required int Pending { get; init; }
    public required DateTimeOffset Basetime { get; init; }
}
