using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>The station begins an event stream. OCPP 2.1 part 2, block N.</summary>
public sealed record OpenPeriodicEventStreamRequest : Extensible, IOcppRequest<OpenPeriodicEventStreamResponse>
{
    public required ConstantStreamData ConstantStreamData { get; init; }
}

/// <summary>Answers <see cref="OpenPeriodicEventStreamRequest"/>.</summary>
public sealed record OpenPeriodicEventStreamResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
