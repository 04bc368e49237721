namespace Voltwright.Jq;

/// <summary>The kinds of a JSON value, in jq's sorting order (jq manual, <c>sort</c>).</summary>
public enum JsonKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}
