using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>How a process ended (DSL reference, Process Result).</summary>
internal sealed record ProcessResult(long Code, string Output, string Error)
{
    private const int LongestExcerpt = 2000;

    /// <summary>
    /// What the task outputs. A process that failed is an error, unless the author asked for what tells him so: an exit code that nobody
    /// looks at must not pass for success.
    /// </summary>
    /// <param name="form"><c>stdout</c>, <c>stderr</c>, <c>code</c>, <c>all</c> or <c>none</c>.</param>
    public JsonValue Return(string form, string what)
    {
        if (Code != 0 && form is not ("stderr" or "code" or "all"))
            throw new InvocationException(InvocationFailure.Runtime, $"{what} ended with exit code {Code}{Excerpt}");
        return form switch
        {
            "stderr" => Error,
            "code" => Code,
            "all" => JsonObject.Of(("code", Code), ("stdout", Output), ("stderr", Error)),
            "none" => default,
            _ => Output,
        };
    }

    private string Excerpt => Error.Trim() switch
    {
        "" => ".",
        { Length: > LongestExcerpt } text => $": …{text[^LongestExcerpt..]}",
        var text => $": {text}",
    };
}
