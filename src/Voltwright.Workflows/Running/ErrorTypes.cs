using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Running;

/// <summary>The addresses of the standard errors, old and new.</summary>
internal sealed class ErrorTypes
{
    private const string OldHost = "https://serverlessworkflow.io";
    private const string NewHost = "https://open-workflow-specification.org";

    private static readonly string[] Bases =
    [
        $"{OldHost}/spec/1.0.0/errors/", $"{NewHost}/spec/1.0.0/errors/", $"{OldHost}/dsl/errors/types/", $"{NewHost}/dsl/errors/types/",
    ];

    private readonly string _base;

    private ErrorTypes(string host) => _base = $"{host}/spec/1.0.0/errors/";

    /// <summary>The host the definition itself writes, if it writes only one of them; else the one of its DSL version.</summary>
    public static ErrorTypes For(WorkflowDefinition definition)
    {
        var (old, young) = (Mentions(definition.Json, OldHost), Mentions(definition.Json, NewHost));
        if (old != young)
            return new ErrorTypes(old ? OldHost : NewHost);
        return new ErrorTypes(definition.Document.Dsl is "1.0.0" or "1.0.1" or "1.0.2" ? OldHost : NewHost);
    }

    public string Uri(ErrorKind kind) => _base + kind.ToString().ToLowerInvariant();

    /// <summary>The default status (DSL reference, Standard Error Types).</summary>
    public static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.Authentication => 401,
        ErrorKind.Authorization => 403,
        ErrorKind.Timeout => 408,
        ErrorKind.Communication or ErrorKind.Runtime => 500,
        _ => 400,
    };

    public static string Title(ErrorKind kind) => kind switch
    {
        ErrorKind.Timeout => "Timeout",
        _ => $"{kind} Error",
    };

    /// <summary>Whether a filter's type means that error's: the four spellings of a standard type are one.</summary>
    public static bool Same(JsonValue filter, JsonValue type) =>
        filter.Equals(type) || (filter.TryGetString(out var a) && type.TryGetString(out var b) && Standard(a) is { } name && name == Standard(b));

    private static string? Standard(string type)
    {
        foreach (var prefix in Bases)
        {
            if (type.StartsWith(prefix, StringComparison.Ordinal))
                return type[prefix.Length..].TrimEnd('/');
        }

        return null;
    }

    private static bool Mentions(JsonValue json, string host) => json.Kind switch
    {
        JsonKind.String => Bases.Any(b => b.StartsWith(host, StringComparison.Ordinal) && json.AsString().Contains(b, StringComparison.Ordinal)),
        JsonKind.Array => json.AsArray().Any(i => Mentions(i, host)),
        JsonKind.Object => json.AsObject().Any(m => Mentions(m.Value, host)),
        _ => false,
    };
}
