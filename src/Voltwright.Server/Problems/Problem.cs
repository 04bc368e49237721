using System.Text.Json.Serialization;
using Voltwright.Server.Json;

namespace Voltwright.Server.Problems;

/// <summary>An error as RFC 9457 says it. The type is stable: programs may compare it.</summary>
/// <param name="Field">The request's field that is at fault, as a JSON path.</param>
/// <param name="Line">Where in the request's text, counted from 1.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail,
    string? Field = null, int? Line = null, int? Column = null, object? Findings = null)
{
    public const string ContentType = "application/problem+json";
    private const string Prefix = "urn:voltwright:problem:";

    [JsonIgnore]
    public string Slug => Type[Prefix.Length..];

    public static Problem Of(string slug, string title, int status, string detail) => new(Prefix + slug, title, status, detail);

    public static Problem Invalid(string detail) => Of("invalid", "Invalid request", 400, detail);

    public static Problem Unauthorized(string detail) => Of("unauthorized", "Not authenticated", 401, detail);

    public static Problem Forbidden(string detail) => Of("forbidden", "Not allowed", 403, detail);

    public static Problem NotFound(string detail) => Of("not-found", "Not found", 404, detail);

    public static Problem TooManyRequests(string detail) => Of("too-many-requests", "Too many requests", 429, detail);

    /// <summary>The one translation of the domain's refusals.</summary>
    public static Problem From(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => NotFound(refusal.Detail),
        RefusalKind.Invalid => Invalid(refusal.Detail),
        RefusalKind.AlreadyExists => Of("already-exists", "Already exists", 409, refusal.Detail),

        // Workflows compare this detail word for word: it is the use case's.
        RefusalKind.NoSlotAvailable => Of("no-slot-available", "No slot available", 400, "No charging slots available"),
        RefusalKind.CardNotAccepted => Of("card-not-accepted", "Card not accepted", 403, refusal.Detail),
        RefusalKind.IllegalTransition => Of("illegal-transition", "Not possible in this state", 409, refusal.Detail),
        RefusalKind.PaymentRefused => Of("payment-refused", "Payment refused", 402, refusal.Detail),
        RefusalKind.PaymentUnknown => Of("payment-unknown", "Payment provider silent", 503, refusal.Detail),
        RefusalKind.StationOffline => Of("station-offline", "Station offline", 503, refusal.Detail),
        RefusalKind.StationSilent => Of("station-silent", "Station silent", 504, refusal.Detail),
        RefusalKind.StationRefused => Of("station-refused", "Station refused", 502, refusal.Detail),
        _ => throw new InvalidOperationException($"No problem stands for {refusal.Kind}."),
    };

    /// <summary>What a bare status code means.</summary>
    public static Problem OfStatus(int status, HttpRequest request) => status switch
    {
        401 => Unauthorized("Send 'Authorization: Bearer <key>'."),
        403 => Forbidden("This key's role may not do this."),
        404 => NotFound($"There is nothing at '{request.Path}'."),
        405 => Of("method-not-allowed", "Method not allowed", 405, $"'{request.Path}' does not answer {request.Method}."),
        413 => Of("too-large", "Request too large", 413, "The request's body is larger than the server takes."),
        415 => Of(
            "unsupported-media-type", "Unsupported media type", 415, $"'{request.ContentType}' is not read here; send application/json."),
        _ => Of("error", "Error", status, $"The request ended with status {status}."),
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(this, ApiJson.Options, ContentType, context.RequestAborted);
    }
}
