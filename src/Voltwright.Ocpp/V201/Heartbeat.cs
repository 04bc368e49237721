namespace Voltwright.Ocpp.V201;

/// <summary>Shows that the station lives, and sets its clock. OCPP 2.0.1 part 2, block G.</summary>
public sealed record HeartbeatRequest : Extensible, IOcppRequest<HeartbeatResponse>;

/// <summary>Answers <see cref="HeartbeatRequest"/>.</summary>
public sealed record HeartbeatResponse : Extensible
{
    public required DateTimeOffset CurrentTime { get; init; }
}
