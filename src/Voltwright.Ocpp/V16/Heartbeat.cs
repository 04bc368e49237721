namespace Voltwright.Ocpp.V16;

/// <summary>Shows that the station lives, and sets its clock. OCPP 1.6 §4.6, §6.29–6.30.</summary>
public sealed record HeartbeatRequest : IOcppRequest<HeartbeatResponse>;

/// <summary>Answers <see cref="HeartbeatRequest"/>.</summary>
public sealed record HeartbeatResponse
{
    public required DateTimeOffset CurrentTime { get; init; }
}
