using System.Text.Json.Serialization;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>Unit of a sample. The misspelt Celsius is in the first schemas and still sent by stations. OCPP 1.6 §7.45.</summary>
public enum UnitOfMeasure
{
    [JsonStringEnumMemberName("Wh")] WattHour,
    [JsonStringEnumMemberName("kWh")] KiloWattHour,
    [JsonStringEnumMemberName("varh")] Varh,
    [JsonStringEnumMemberName("kvarh")] KiloVarh,
    [JsonStringEnumMemberName("W")] Watt,
    [JsonStringEnumMemberName("kW")] KiloWatt,
    [JsonStringEnumMemberName("VA")] VoltAmpere,
    [JsonStringEnumMemberName("kVA")] KiloVoltAmpere,
    [JsonStringEnumMemberName("var")] Var,
    [JsonStringEnumMemberName("kvar")] KiloVar,
    [JsonStringEnumMemberName("A")] Ampere,
    [JsonStringEnumMemberName("V")] Volt,
    Celsius,
    Celcius,
    Fahrenheit,
    [JsonStringEnumMemberName("K")] Kelvin,
    Percent,
}
