namespace Voltwright.Jq.Builtins;

/// <summary>Lists what there is.</summary>
internal static class Catalogue
{
    /// <summary>Every builtin as <c>name/arity</c>; those written for internal use start with an underscore and are left out.</summary>
    public static JsonArray Names() => JsonArray.From(SpecialForms.Table.Keys.Concat(Natives.Table.Keys).Concat(Definitions.Table.Keys)
        .Where(key => key.Item1[0] != '_').Select(key => $"{key.Item1}/{key.Item2}").Distinct().Order(StringComparer.Ordinal).Select(n => (JsonValue)n));
}
