namespace Voltwright.Ocpp.V201;

/// <summary>Asks for the version of the local list; 0 is none. OCPP 2.0.1 part 2, block D.</summary>
public sealed record GetLocalListVersionRequest : Extensible, IOcppRequest<GetLocalListVersionResponse>;

/// <summary>Answers <see cref="GetLocalListVersionRequest"/>.</summary>
public sealed record GetLocalListVersionResponse : Extensible
{
    public required int VersionNumber { get; init; }
}
