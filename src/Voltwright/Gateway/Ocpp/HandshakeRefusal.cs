using Microsoft.AspNetCore.Http;

namespace Voltwright.Gateway.Ocpp;

/// <summary>Why a connection is not taken, as the answer to its HTTP request.</summary>
public sealed record HandshakeRefusal(int Status, string Slug, string Title, string Detail)
{
    public static HandshakeRefusal NoWebSocket { get; } =
        new(StatusCodes.Status426UpgradeRequired, "websocket-required", "WebSocket required", "Stations speak OCPP here, over WebSocket.");

    public static HandshakeRefusal TooManyAttempts { get; } = new(
        StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", "Too many failed attempts. Try again in a minute.");

    public static HandshakeRefusal Draining { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "draining", "This server stops", "This server stops. Connect again: another one answers.");

    public static HandshakeRefusal Unauthorized(string detail) =>
        new(StatusCodes.Status401Unauthorized, "unauthorized", "Not authenticated", detail);

    public static HandshakeRefusal NoCommonVersion(IEnumerable<string> offered) => new(
        StatusCodes.Status400BadRequest,
        "unsupported-subprotocol",
        "No common OCPP version",
        $"The station offers {(string.Join(", ", offered) is { Length: > 0 } named ? named : "no subprotocol")}; "
            + "ocpp2.1, ocpp2.0.1 and ocpp1.6 are spoken here.");

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        switch (Status)
        {
            case StatusCodes.Status401Unauthorized:
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"voltwright\", charset=\"UTF-8\"";
                break;
            case StatusCodes.Status429TooManyRequests:
                context.Response.Headers.RetryAfter = "60";
                break;
            case StatusCodes.Status426UpgradeRequired:
                context.Response.Headers.Upgrade = "websocket";
                break;
        }

        await context.Response.WriteAsJsonAsync(
            new { type = $"urn:voltwright:problem:{Slug}", title = Title, status = Status, detail = Detail },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }
}
