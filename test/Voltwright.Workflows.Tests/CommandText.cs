using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests;

/// <summary>Commands with everything in them, for comparison.</summary>
internal static class CommandText
{
    public static string Of(RunCommand command) => command switch
    {
        CallHttp call => $"{call.Id} {Describe(call)}",
        Subscribe { Types: { } types } => $"{command.Id} {string.Join(' ', types)}",
        _ => command.ToString(),
    };

    public static JsonValue Describe(CallHttp call) => JsonObject.Of(
        ("method", call.Request.Method),
        ("uri", call.Request.Uri),
        ("headers", call.Request.Headers),
        ("body", call.Request.EncodeBody() is { } body ? Encoding.UTF8.GetString(body) : default(JsonValue)),
        ("contentType", call.Request.ContentType),
        ("authorization", call.Request.Authorization is { } who ? $"{who.Scheme} {who.Parameter}" : default(JsonValue)),
        ("key", call.IdempotencyKey));
}
