namespace Voltwright.Ocpp.V201.Types;

/// <summary>An entry of the local list; without information the token is taken off it.</summary>
public sealed record AuthorizationData : Extensible
{
    public required IdToken IdToken { get; init; }
    public IdTokenInfo? IdTokenInfo { get; init; }
}
