namespace Voltwright.Automation.Invocations;

/// <summary>The standard errors of the DSL that an invocation can end in.</summary>
internal enum InvocationFailure
{
    Configuration,
    Validation,
    Authentication,
    Authorization,
    Timeout,
    Communication,
    Runtime,
}
