using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>
/// Who is restricted to sites meets nothing of others: it is not found. Every endpoint says how it stands to sites; one that says nothing is
/// about the whole installation, and closed to them.
/// </summary>
internal static class SiteGate
{
    private static readonly object SightKey = new();

    /// <summary>It is about the station that its path names.</summary>
    public static TBuilder OfStation<TBuilder>(this TBuilder endpoint, string parameter = "stationId")
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new SiteScope("station", parameter));

    /// <summary>It is about something that its path names and that belongs to a station: the stream <c>kind/id</c> says to which.</summary>
    public static TBuilder OfRecord<TBuilder>(this TBuilder endpoint, string kind, string parameter)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new SiteScope(kind, parameter));

    /// <summary>It takes the caller's <see cref="Sight"/> and keeps to it.</summary>
    public static TBuilder KeepsToSight<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new SiteScope(null, null));

    /// <summary>What it shows belongs to no station, and everybody may see it.</summary>
    public static TBuilder SameForAllSites<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.KeepsToSight();

    public static Sight SightOf(HttpContext context) => context.Items[SightKey] as Sight ?? Sight.All;

    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        string[] sites = [.. context.User.FindAll(Sight.Claim).Select(c => c.Value)];
        if (sites.Length == 0 || context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        var cancellation = context.RequestAborted;
        if (endpoint.Metadata.GetMetadata<SiteScope>() is not { } scope)
        {
            await RefuseAsync(context);
            return;
        }

        var sight = await Sight.OfAsync(sites, context.RequestServices.GetRequiredService<Fleet>(), cancellation);
        context.Items[SightKey] = sight;
        if (scope.Kind is null || sight.Sees(await StationOfAsync(context, scope, cancellation)))
            await next(context);
        else
            await NotFoundAsync(context, scope);
    }

    private static async ValueTask<string?> StationOfAsync(HttpContext context, SiteScope scope, CancellationToken cancellation)
    {
        var id = $"{context.Request.RouteValues[scope.Parameter!]}";
        if (scope.Kind == "station")
            return id;
        if (id.Length == 0 || await context.RequestServices.GetRequiredService<IStore>().LoadAsync($"{scope.Kind}/{id}", cancellation) is not { } stored)
            return null;
        var state = JsonValue.Parse(stored.Body.Span);
        return state["stationId"].TryGetString(out var station) ? station
            : scope.Kind == RunDocument.StreamKind ? RunDocument.StationOf(RunDocument.Read(state).Order.Input)
            : state["sessionId"].TryGetString(out var session) ? await OfSessionAsync(context, session, cancellation) : null;
    }

    // A payment knows its session only.
    private static async ValueTask<string?> OfSessionAsync(HttpContext context, string session, CancellationToken cancellation) =>
        await context.RequestServices.GetRequiredService<IStore>().LoadAsync($"session/{session}", cancellation) is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.Session).StationId : null;

    private static Task RefuseAsync(HttpContext context) => ConsolePage.Is(context)
        ? Page.Of<Notice>(403, ("Title", "Not allowed"), ("Text", "This is about the whole installation; your account is for some of its sites."))
            .ExecuteAsync(context)
        : Problem.Forbidden("This is about the whole installation; the caller is restricted to some of its sites.").WriteAsync(context);

    private static Task NotFoundAsync(HttpContext context, SiteScope scope) => ConsolePage.Is(context)
        ? ConsolePage.NotFound($"There is no such {scope.Kind}.").ExecuteAsync(context)
        : Problem.NotFound($"There is no {scope.Kind} '{context.Request.RouteValues[scope.Parameter!]}'.").WriteAsync(context);

    /// <param name="Kind">Of the stream that the path names; null where there is none.</param>
    private sealed record SiteScope(string? Kind, string? Parameter);
}
