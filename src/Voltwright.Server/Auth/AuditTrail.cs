using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Voltwright.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>One change or command that somebody asked for: stream <c>audit/{id}</c>, ids in order of time.</summary>
/// <param name="Who">The person's id, or <c>key:</c> with the key's name.</param>
/// <param name="What">The endpoint's summary, or method and route.</param>
/// <param name="Target">What the path names: a station, a card, a workflow.</param>
/// <param name="Detail">What the endpoint found worth telling; never a secret.</param>
/// <param name="Status">The HTTP status of the answer.</param>
public sealed record AuditEntry(
    string Id, DateTimeOffset At, string Who, string? Role, string From, string Method, string What, string Target, string? Detail, int Status)
{
    public bool Succeeded => Status is >= 200 and < 400;
}

/// <summary>
/// Writes down every request that wants to change something, whoever makes it and however it ends. What workflows do is in the journals
/// of their runs, what stations tell is in the event log.
/// </summary>
public sealed class AuditTrail(IStore store, TimeProvider time)
{
    public const string Kind = "audit";
    private static readonly object DetailKey = new();
    private readonly TimeIds _ids = new(time);

    /// <summary>Adds what the path does not say, such as the action of a command.</summary>
    public static void Note(HttpContext context, string detail) => context.Items[DetailKey] = detail;

    public async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (IsRead(context.Request.Method) || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Harmless>() is not null)
            return;
        var role = context.User.FindFirstValue(ClaimTypes.Role);
        if (role is Roles.Workflow or Roles.Station)
            return;
        await WriteAsync(Entry(context, endpoint, role));
    }

    /// <summary>A sign-in by the identity provider, which no endpoint of ours sees.</summary>
    /// <param name="refused">Why nothing came of it; null when it did.</param>
    public Task RecordSignInAsync(HttpContext context, string who, string? role, string? refused) => WriteAsync(new AuditEntry(
        _ids.Next(), time.GetUtcNow(), Person.IdProblem(who) is null ? who : "nobody", role, $"{context.Connection.RemoteIpAddress}", "GET",
        "Signs in by the identity provider", "", refused, refused is null ? 200 : 401));

    /// <summary>Newest first.</summary>
    public async Task<(IReadOnlyList<AuditEntry> Items, string? Next)> ListAsync(
        string? who, string? after, int limit, CancellationToken cancellation)
    {
        List<(string, string)> filters = string.IsNullOrEmpty(who) ? [] : [("who", who)];
        var page = await store.ListAsync(Kind, filters, limit, after, cancellation);
        return ([.. page.Items.Select(i => JsonSerializer.Deserialize<AuditEntry>(i.Body.Span, JsonSerializerOptions.Web)!)], page.Next);
    }

    public static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private AuditEntry Entry(HttpContext context, Endpoint endpoint, string? role)
    {
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path;
        var what = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? route;
        var target = string.Join(' ', context.Request.RouteValues.Values.OfType<string>());
        var who = context.User.FindFirstValue(KeyAuthentication.PersonClaim)
            ?? (context.User.Identity is { IsAuthenticated: true, Name: { } key } ? $"key:{key}" : "nobody");
        return new AuditEntry(
            _ids.Next(), time.GetUtcNow(), who, role, $"{context.Connection.RemoteIpAddress}", context.Request.Method, what, target,
            context.Items[DetailKey] as string, context.Response.StatusCode);
    }

    private async Task WriteAsync(AuditEntry entry)
    {
        var state = JsonSerializer.SerializeToUtf8Bytes(entry, JsonSerializerOptions.Web);
        await store.CommitAsync(new Commit { Writes = [new StreamWrite($"{Kind}/{entry.Id}", 0, state)] }, CancellationToken.None);
    }
}
