namespace Voltwright.Workflows.Findings;

/// <summary>The ids of the rules. They are stable: reports and suppressions rely on them.</summary>
public static class Rules
{
    public const string Syntax = "syntax";
    public const string TooLarge = "too-large";
    public const string DuplicateKey = "duplicate-key";
    public const string UnknownProperty = "unknown-property";
    public const string MissingProperty = "missing-property";
    public const string WrongType = "wrong-type";
    public const string InvalidValue = "invalid-value";
    public const string UnsupportedVersion = "unsupported-version";
    public const string Expression = "expression";
    public const string LiteralExpression = "literal-expression";
    public const string DuplicateTask = "duplicate-task";
    public const string UnknownTarget = "unknown-target";
    public const string UnknownReference = "unknown-reference";
    public const string Schema = "schema";
    public const string Unsupported = "unsupported";
    public const string EventShape = "event-shape";
}
