using Voltwright.Jq;

namespace Voltwright.Automation;

/// <summary>How deep runs may start runs: a workflow that runs itself must come to an end.</summary>
internal static class Nesting
{
    /// <summary>The run that a person or event starts has depth 0.</summary>
    public const int Deepest = 16;

    /// <summary>Why a run cannot start another one, as the engine takes it.</summary>
    public static JsonValue NotDeployed(string workflow) =>
        Refusal($"The workflow {workflow} is not there. Deploy it, or put its file where workflows are looked for.");

    public static JsonValue TooDeep(string workflow) => Refusal(
        $"The run of {workflow} would be the {Deepest + 1}th inside another: a workflow that runs itself? At most {Deepest} are allowed.");

    private static JsonValue Refusal(string detail) => JsonObject.Of(("detail", detail));
}
