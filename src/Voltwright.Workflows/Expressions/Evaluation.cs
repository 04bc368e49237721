using Voltwright.Jq;

namespace Voltwright.Workflows.Expressions;

/// <summary>A value, or why there is none.</summary>
internal readonly record struct Evaluation(JsonValue Value, ErrorKind Fault = ErrorKind.None, string? Detail = null)
{
    public bool Failed => Fault != ErrorKind.None;
}

/// <summary>The standard errors (DSL reference, Standard Error Types).</summary>
internal enum ErrorKind
{
    None,
    Configuration,
    Validation,
    Expression,
    Authentication,
    Authorization,
    Timeout,
    Communication,
    Runtime,
}
