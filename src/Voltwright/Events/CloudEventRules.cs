using System.Globalization;
using System.Text.RegularExpressions;
using Voltwright.Jq;

namespace Voltwright.Events;

/// <summary>CloudEvents 1.0.2, sections "Context Attributes", "Type System" and "Size Limits", and its JSON format.</summary>
public static partial class CloudEventRules
{
    /// <summary>Four times what the specification wants every intermediary to take.</summary>
    public const int LargestBytes = 256 * 1024;

    public static IReadOnlyList<string> FindProblems(JsonValue envelope)
    {
        if (!envelope.TryGetObject(out var members))
            return [$"An event is a JSON object; this is {envelope.Kind}."];
        var problems = new List<string>();
        foreach (var name in (ReadOnlySpan<string>)["specversion", "id", "source", "type"])
        {
            if (members[name].IsNull)
                problems.Add($"'{name}' is missing.");
        }

        foreach (var (name, value) in members)
        {
            if (!value.IsNull && FindProblem(name, value) is { } problem)
                problems.Add($"'{name}' {problem}.");
        }

        if (members.ContainsKey("data") && members.ContainsKey("data_base64"))
            problems.Add("'data' and 'data_base64' exclude each other.");
        if (envelope.ToUtf8().Length is var size && size > LargestBytes)
            problems.Add($"The event has {size} bytes; {LargestBytes} are allowed.");
        return problems;
    }

    private static string? FindProblem(string name, JsonValue value) => name switch
    {
        "data" => null,
        "specversion" => value == "1.0" ? null : $"is {value}; only \"1.0\" is known",
        "id" or "type" or "subject" or "datacontenttype" => FindTextProblem(value),
        "source" => FindTextProblem(value) ?? (IsUri(value, UriKind.RelativeOrAbsolute) ? null : "is not a URI reference"),
        "dataschema" => FindTextProblem(value) ?? (IsUri(value, UriKind.Absolute) ? null : "is not an absolute URI"),
        "time" => value.TryGetString(out var time) && IsTime(time) ? null : $"is {value}; expected RFC 3339, like \"2026-01-31T12:00:00Z\"",
        "data_base64" => value.TryGetString(out var text) && IsBase64(text) ? null : "is not Base64 text",
        _ => FindExtensionProblem(name, value),
    };

    private static string? FindTextProblem(JsonValue value) =>
        !value.TryGetString(out var text) ? $"is {value.Kind}; expected a string"
        : text.Length == 0 ? "is empty"
        : text.Any(char.IsControl) ? "has a control character"
        : null;

    private static string? FindExtensionProblem(string name, JsonValue value) =>
        !ExtensionName().IsMatch(name) ? "is no attribute name: lower-case letters and digits only"
        : value.Kind switch
        {
            JsonKind.True or JsonKind.False or JsonKind.String => null,
            JsonKind.Number => value.TryGetInt64(out var whole) && whole is >= int.MinValue and <= int.MaxValue
                ? null
                : "is not a 32-bit whole number",
            _ => "has structure; an extension attribute is a string, a whole number or a boolean",
        };

    private static bool IsUri(JsonValue value, UriKind kind) => Uri.TryCreate(value.AsString(), kind, out _);

    private static bool IsTime(string text) =>
        Time().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsBase64(string text) => System.Buffers.Text.Base64.IsValid(text);

    [GeneratedRegex("^[a-z0-9]+$")]
    private static partial Regex ExtensionName();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();
}
