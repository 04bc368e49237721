using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltwright;

/// <summary>Writes an enum the way the API spells states: <c>out-of-order</c>.</summary>
public sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
