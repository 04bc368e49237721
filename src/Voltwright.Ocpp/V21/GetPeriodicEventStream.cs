using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Asks which event streams are open. OCPP 2.1 part 2, block N.</summary>
public sealed record GetPeriodicEventStreamRequest : Extensible, IOcppRequest<GetPeriodicEventStreamResponse>;

/// <summary>Answers <see cref="GetPeriodicEventStreamRequest"/>.</summary>
public sealed record GetPeriodicEventStreamResponse : Extensible
{
    [Items(1)] public IReadOnlyList<ConstantStreamData>? ConstantStreamData { get; init; }
}
