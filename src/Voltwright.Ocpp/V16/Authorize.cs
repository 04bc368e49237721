using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>The station asks whether a token may charge. Names no connector. OCPP 1.6 §4.1, §6.1–6.2.</summary>
public sealed record AuthorizeRequest : IOcppRequest<AuthorizeResponse>
{
    /// <summary>The token presented, compared without regard to case.</summary>
    [Text(20)] public required string IdTag { get; init; }
}

/// <summary>Answers <see cref="AuthorizeRequest"/>.</summary>
public sealed record AuthorizeResponse
{
    public required IdTagInfo IdTagInfo { get; init; }
}
