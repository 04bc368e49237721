using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Voltwright.Jq;
using Voltwright.Server.Console.Layout;

namespace Voltwright.Server.Problems;

/// <summary>
/// Turns what a request could not survive into a problem: the sender's mistakes with their place, ours without their inside.
/// </summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested || httpContext.Response.HasStarted)
            return true;
        var problem = From(exception, httpContext);
        // The endpoint is told by the feature alone once an exception is handled. Who looks at a page is answered by one.
        if (httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<ConsolePage>() is not null)
            await ConsolePage.FailAsync(httpContext, problem);
        else
            await problem.WriteAsync(httpContext);
        return true;
    }

    private Problem From(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                return From(json);
            case BadHttpRequestException { StatusCode: 400 } bad:
                return Problem.Invalid(bad.Message);
            case BadHttpRequestException bad:
                return Problem.OfStatus(bad.StatusCode, context.Request);
            case ArgumentException { ParamName: "after" } cursor:
                return Problem.Invalid(cursor.Message);
            case JsonFormatException format:
                return Problem.Invalid($"The body is not JSON: {format.Message}");
            default:
                log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
                var detail = $"The server failed at this request; its log tells more under trace {context.TraceIdentifier}.";
                return Problem.Of("internal", "Internal error", 500, detail);
        }
    }

    private static Problem From(JsonException json)
    {
        var field = json.Path is { Length: > 2 } path ? path[2..] : null;
        var detail = Unmapped().Match(json.Message) is { Success: true } unknown ? $"The field '{unknown.Groups[1].Value}' is not known here."
            : Missing().Match(json.Message) is { Success: true } missing ? $"Required fields are missing: {missing.Groups[1].Value}."
            : field is null || json.InnerException is JsonException ? $"The body is not the JSON expected: {Reason(json.Message)}"
            : $"The field '{field}' has a value that does not fit.";
        return Problem.Invalid(detail) with
        {
            Field = json.InnerException is JsonException ? null : field,
            Line = (int?)json.LineNumber + 1,
            Column = (int?)json.BytePositionInLine + 1,
        };
    }

    private static string Reason(string message) => message.Split(" Path: ", 2)[0].Split(" LineNumber: ", 2)[0];

    [GeneratedRegex("^The JSON property '([^']+)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (.+?)\\.( Path|$)")]
    private static partial Regex Missing();
}
