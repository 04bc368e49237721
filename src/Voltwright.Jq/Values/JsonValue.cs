using System.Diagnostics.CodeAnalysis;

namespace Voltwright.Jq;

/// <summary>
/// An immutable JSON value: the one type that engine, expressions and events share.
/// Sixteen bytes; <c>default</c> is <c>null</c>; null, booleans and numbers allocate nothing.
/// </summary>
/// <remarks>Safe to share between threads. Equality and order are jq's: <c>1</c> equals <c>1.0</c>, objects ignore the order of their keys.</remarks>
public readonly partial struct JsonValue : IEquatable<JsonValue>, IComparable<JsonValue>
{
    private static readonly object FalseTag = new();
    private static readonly object TrueTag = new();
    private static readonly object NumberTag = new();

    // What an evaluation answers instead of a value; such a thing never leaves the evaluator.
    private static readonly Signal EmptyTag = new();
    private static readonly Signal FailedTag = new();
    private static readonly Signal TailTag = new();

    // null → null; a tag → false, true, number; else BigNumber, string, JsonArray or JsonObject.
    private readonly object? _content;
    private readonly double _number;

    private JsonValue(object? content, double number = 0)
    {
        _content = content;
        _number = number;
    }

    /// <summary><c>null</c>, as <c>default</c> is.</summary>
    public static JsonValue Null => default;

    /// <summary><c>false</c>.</summary>
    public static JsonValue False => new(FalseTag);

    /// <summary><c>true</c>.</summary>
    public static JsonValue True => new(TrueTag);

    /// <summary>What this is; booleans are two kinds.</summary>
    public JsonKind Kind => _content switch
    {
        null => JsonKind.Null,
        string => JsonKind.String,
        JsonObject => JsonKind.Object,
        JsonArray => JsonKind.Array,
        _ when ReferenceEquals(_content, TrueTag) => JsonKind.True,
        _ when ReferenceEquals(_content, FalseTag) => JsonKind.False,
        _ => JsonKind.Number,
    };

    /// <summary>No output.</summary>
    internal static JsonValue Nothing => new(EmptyTag);

    /// <summary>The evaluation stopped; the machine knows why.</summary>
    internal static JsonValue Failed => new(FailedTag);

    /// <summary>The machine holds a call to be made instead.</summary>
    internal static JsonValue Tail => new(TailTag);

    internal bool IsSignal => _content is Signal;

    internal bool IsNothing => ReferenceEquals(_content, EmptyTag);

    internal bool IsFailed => ReferenceEquals(_content, FailedTag);

    internal bool IsTail => ReferenceEquals(_content, TailTag);

    internal object? Content => _content;

    /// <summary>The number without asking whether it is one.</summary>
    internal double Number => _number;

    /// <summary>Whether both are one object or array in memory: then they are equal, and it costs nothing to know.</summary>
    public bool IsSameAs(JsonValue other) => _content is JsonObject or JsonArray && ReferenceEquals(_content, other._content);

    /// <summary>Whether this is <c>null</c>.</summary>
    public bool IsNull => _content is null;

    /// <summary>Whether this is a number, <c>nan</c> among them.</summary>
    public bool IsNumber => ReferenceEquals(_content, NumberTag) || _content is BigNumber;

    /// <summary>Whether this is a string.</summary>
    public bool IsString => _content is string;

    /// <summary>Whether this is an array.</summary>
    public bool IsArray => _content is JsonArray;

    /// <summary>Whether this is an object.</summary>
    public bool IsObject => _content is JsonObject;

    /// <summary>jq's truth: everything but <c>null</c> and <c>false</c>.</summary>
    public bool IsTruthy => _content is not null && !ReferenceEquals(_content, FalseTag);

    /// <summary>The member of that name; <see cref="Null"/> when there is none or this is no object.</summary>
    public JsonValue this[string key] => _content is JsonObject o ? o[key] : default;

    /// <summary>The element at that zero-based index; <see cref="Null"/> when there is none or this is no array.</summary>
    public JsonValue this[int index] => _content is JsonArray a && (uint)index < (uint)a.Count ? a[index] : default;

    /// <summary>A string; no text is <c>null</c>.</summary>
    public static implicit operator JsonValue(string? value) => new(value);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static implicit operator JsonValue(bool value) => value ? True : False;

    /// <summary>A number.</summary>
    public static implicit operator JsonValue(int value) => new(NumberTag, value);

    /// <summary>A number; <c>nan</c> prints as <c>null</c>, infinities as the largest number.</summary>
    public static implicit operator JsonValue(double value) => new(NumberTag, value);

    /// <summary>As <see cref="FromInt64"/>.</summary>
    public static implicit operator JsonValue(long value) => FromInt64(value);

    /// <summary>An array; none is <c>null</c>.</summary>
    public static implicit operator JsonValue(JsonArray? value) => new(value);

    /// <summary>An object; none is <c>null</c>.</summary>
    public static implicit operator JsonValue(JsonObject? value) => new(value);

    /// <summary>A number that keeps all its digits, beyond 2^53 too.</summary>
    public static JsonValue FromInt64(long value) =>
        value is >= -(1L << 53) and <= 1L << 53 ? new(NumberTag, value) : FromNumberText(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">This is no string.</exception>
    public string AsString() => _content as string ?? throw WrongKind("string");

    /// <summary>The number as the nearest double; literals beyond its precision are rounded.</summary>
    /// <exception cref="InvalidOperationException">This is no number.</exception>
    public double AsDouble() => IsNumber ? _number : throw WrongKind("number");

    /// <summary>The array.</summary>
    /// <exception cref="InvalidOperationException">This is no array.</exception>
    public JsonArray AsArray() => _content as JsonArray ?? throw WrongKind("array");

    /// <summary>The object.</summary>
    /// <exception cref="InvalidOperationException">This is no object.</exception>
    public JsonObject AsObject() => _content as JsonObject ?? throw WrongKind("object");

    /// <summary>The text; false when this is no string.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? value) => (value = _content as string) is not null;

    /// <summary>The array; false when this is none.</summary>
    public bool TryGetArray([NotNullWhen(true)] out JsonArray? value) => (value = _content as JsonArray) is not null;

    /// <summary>The object; false when this is none.</summary>
    public bool TryGetObject([NotNullWhen(true)] out JsonObject? value) => (value = _content as JsonObject) is not null;

    /// <summary>The number as a whole number; false when this is no number, has a fraction or does not fit.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (!IsNumber)
            return false;
        if (_content is BigNumber big)
            return long.TryParse(big.Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value);
        if (Math.Floor(_number) != _number || Math.Abs(_number) > 9.2e18)
            return false;
        value = (long)_number;
        return true;
    }

    private sealed class Signal;

    private InvalidOperationException WrongKind(string wanted) => new($"Expected a JSON {wanted}, found {Kind}.");
}
