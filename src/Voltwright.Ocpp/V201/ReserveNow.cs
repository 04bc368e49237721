using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Keeps an EVSE for a token. OCPP 2.0.1 part 2, block H.</summary>
public sealed record ReserveNowRequest : Extensible, IOcppRequest<ReserveNowResponse>
{
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
    public required DateTimeOffset ExpiryDateTime { get; init; }
    [Text(20), ChoiceUntil21(typeof(ConnectorType))] public string? ConnectorType { get; init; }
    public required IdToken IdToken { get; init; }

    /// <summary>Absent keeps any EVSE free for the token.</summary>
    [AtLeast(0, Only21 = true)] public int? EvseId { get; init; }

    public IdToken? GroupIdToken { get; init; }
}

/// <summary>Answers <see cref="ReserveNowRequest"/>.</summary>
public sealed record ReserveNowResponse : Extensible
{
    public required ReserveNowStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ConnectorType
{
    [JsonStringEnumMemberName("cCCS1")] CCCS1,
    [JsonStringEnumMemberName("cCCS2")] CCCS2,
    [JsonStringEnumMemberName("cG105")] CG105,
    [JsonStringEnumMemberName("cTesla")] CTesla,
    [JsonStringEnumMemberName("cType1")] CType1,
    [JsonStringEnumMemberName("cType2")] CType2,
    [JsonStringEnumMemberName("s309-1P-16A")] S3091P16A,
    [JsonStringEnumMemberName("s309-1P-32A")] S3091P32A,
    [JsonStringEnumMemberName("s309-3P-16A")] S3093P16A,
    [JsonStringEnumMemberName("s309-3P-32A")] S3093P32A,
    [JsonStringEnumMemberName("sBS1361")] SBS1361,
    [JsonStringEnumMemberName("sCEE-7-7")] SCEE77,
    [JsonStringEnumMemberName("sType2")] SType2,
    [JsonStringEnumMemberName("sType3")] SType3,
    Other1PhMax16A,
    Other1PhOver16A,
    Other3Ph,
    Pan,
    [JsonStringEnumMemberName("wInductive")] WInductive,
    [JsonStringEnumMemberName("wResonant")] WResonant,
    Undetermined,
    Unknown,
}

public enum ReserveNowStatus
{
    Accepted,
    Faulted,
    Occupied,
    Rejected,
    Unavailable,
}
