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
    public const string UnresolvedResource = "unresolved-resource";
    public const string Schema = "schema";
    public const string Unsupported = "unsupported";
    public const string EventShape = "event-shape";

    public const string UnknownName = "unknown-name";
    public const string MisspeltName = "misspelt-name";
    public const string UnwrappedValue = "unwrapped-value";
    public const string LostValue = "lost-value";
    public const string NestedContext = "nested-context";
    public const string AddressVariable = "address-variable";
    public const string AlwaysFails = "always-fails";
    public const string MissingOnPath = "missing-on-path";

    public const string ImpossibleCase = "impossible-case";
    public const string FallThrough = "fall-through";
    public const string UnreachableTask = "unreachable-task";
    public const string UnreachableDirective = "unreachable-directive";

    public const string SwallowedError = "swallowed-error";
    public const string CatchWithoutType = "catch-without-type";
    public const string CatchSubject = "catch-subject";
    public const string UnknownErrorType = "unknown-error-type";
    public const string ErrorStatus = "error-status";

    public const string UnknownEvent = "unknown-event";
    public const string EventData = "event-data";
    public const string UnknownOperation = "unknown-operation";
    public const string RequestBody = "request-body";
    public const string ReadThenChange = "read-then-change";
    public const string UnguardedPayment = "unguarded-payment";
    public const string LeakedSecret = "leaked-secret";
}
