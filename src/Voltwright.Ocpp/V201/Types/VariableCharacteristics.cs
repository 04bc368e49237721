using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Type, unit and bounds of a variable.</summary>
public sealed record VariableCharacteristics : Extensible
{
    [Text(16)] public string? Unit { get; init; }
    public required DataType DataType { get; init; }
    public decimal? MinLimit { get; init; }
    public decimal? MaxLimit { get; init; }
    [Text(1000)] public string? ValuesList { get; init; }
    public required bool SupportsMonitoring { get; init; }
    [Since21, AtLeast(1)] public int? MaxElements { get; init; }
}

public enum DataType
{
    [JsonStringEnumMemberName("string")] String,
    [JsonStringEnumMemberName("decimal")] Decimal,
    [JsonStringEnumMemberName("integer")] Integer,
    [JsonStringEnumMemberName("dateTime")] DateTime,
    [JsonStringEnumMemberName("boolean")] Boolean,
    OptionList,
    SequenceList,
    MemberList,
}
