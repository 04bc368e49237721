using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>Answers that are errors, as the DSL's errors.</summary>
internal static class HttpErrors
{
    private const int LongestDetail = 2000;

    /// <summary>Status as answered; title and detail from problem details, else the detail is the body's text.</summary>
    public static JsonObject Of(RunMachine machine, HttpAnswered answer, JsonValue content)
    {
        var problem = HttpContentReader.Header(answer, "Content-Type") is { } type && MediaTypes.IsProblem(type) && content.IsObject ? content : default;
        var title = problem["title"].TryGetString(out var given) ? given : Reason(answer.Status);
        var detail = problem["detail"].TryGetString(out var text) ? text : problem.IsNull ? HttpContentReader.Text(answer.Body) : null;
        JsonValue shortened = string.IsNullOrEmpty(detail) ? default(JsonValue) : detail.Length <= LongestDetail ? detail : detail[..LongestDetail] + "…";
        return ProblemDetails.Of(machine.Program.ErrorTypes.Uri(ErrorKind.Communication), answer.Status, title, shortened, machine.Current.Node.Pointer);
    }

    private static string Reason(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => $"HTTP {status}",
    };
}
