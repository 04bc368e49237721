namespace Voltwright.Jq;

/// <summary>The kinds of a JSON value, in jq's sorting order (jq manual, <c>sort</c>).</summary>
public enum JsonKind : byte
{
    /// <summary><c>null</c>.</summary>
    Null,
    /// <summary><c>false</c>.</summary>
    False,
    /// <summary><c>true</c>.</summary>
    True,
    /// <summary>A number, <c>nan</c> among them.</summary>
    Number,
    /// <summary>A text; its length counts code points.</summary>
    String,
    /// <summary>A <see cref="JsonArray"/>.</summary>
    Array,
    /// <summary>A <see cref="JsonObject"/>.</summary>
    Object,
}
