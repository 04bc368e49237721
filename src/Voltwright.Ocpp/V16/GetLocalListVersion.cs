namespace Voltwright.Ocpp.V16;

/// <summary>Asks for the version of the local authorisation list. OCPP 1.6 §5.10, §6.27–6.28.</summary>
public sealed record GetLocalListVersionRequest : IOcppRequest<GetLocalListVersionResponse>;

/// <summary>Answers <see cref="GetLocalListVersionRequest"/>.</summary>
public sealed record GetLocalListVersionResponse
{
    /// <summary>0 is an empty list, -1 a station without one.</summary>
    public required int ListVersion { get; init; }
}
