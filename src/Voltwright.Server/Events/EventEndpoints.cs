using System.Security.Claims;
using Voltwright.Events;
using Voltwright.Gateway.Native;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Events;

/// <summary><c>/events</c>: CloudEvents in, and a live stream of all of them out.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this WebApplication app)
    {
        app.MapPost("/events", PublishAsync).Allow(Access.Report).KeepsToSight().Produces<Published>(202).WithTags("Events")
            .WithSummary("Publishes CloudEvents in structured, binary or batched mode; the same source and id again is the same event");
        app.MapGet("/events", EventStream.ServeAsync).Allow(Access.Read).KeepsToSight().Produces<string>(200, "text/event-stream").WithTags("Events")
            .WithSummary("Streams events as they happen; resumes after Last-Event-ID; filters by type and subject");
    }

    public static void MapEventList(this RouteGroupBuilder api) =>
        api.MapGet("/events", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<JsonValue>>().WithTags("Events")
            .WithSummary("Lists events, oldest first, after a position; filters by type and subject");

    private static async Task<IResult> PublishAsync(
        HttpContext context, Sight sight, EventLog log, CloudEvents events, NativeEvents native, CancellationToken cancellation)
    {
        IReadOnlyList<JsonValue> envelopes;
        try
        {
            envelopes = await CloudEventReader.ReadAsync(context.Request, events, cancellation);
        }
        catch (CloudEventFormatException e)
        {
            return (Problem.Invalid(e.Message) with { Field = e.Field }).ToResult();
        }

        if (context.User.IsInRole(Roles.Station))
            return await TakeFromStationAsync(context.User.FindFirstValue(ClaimTypes.Name)!, envelopes, native);
        if (envelopes.FirstOrDefault(e => !sight.Sees(e)) is { IsNull: false } foreign)
            return Problem.Forbidden($"The caller tells of the stations of its sites only; the subject {foreign["subject"]} is none.").ToResult();
        var isNew = await Task.WhenAll(envelopes.Select(e => log.PublishAsync(e, cancellation)));
        return TypedResults.Accepted((string?)null, new Published(isNew.Count(n => n), isNew.Count(n => !n)));
    }

    // A station's events are facts about itself, judged by the domain like those that come over its own protocol.
    private static async Task<IResult> TakeFromStationAsync(string stationId, IReadOnlyList<JsonValue> envelopes, NativeEvents native)
    {
        for (var i = 0; i < envelopes.Count; i++)
        {
            var problems = await native.TakeAsync(stationId, NativeEvent.OverHttp, envelopes[i]);
            if (problems.Count > 0)
                return (Problem.Invalid(string.Join(" ", problems)) with { Field = $"[{i}]" }).ToResult();
        }

        return TypedResults.Accepted((string?)null, new Published(envelopes.Count, 0));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IStore store, Sight sight, long? after, int? limit, CancellationToken cancellation)
    {
        var filter = EventFilterQuery.Of(request);
        var wanted = Math.Clamp(limit ?? 100, 1, 1000);
        var found = new List<JsonValue>();
        for (var position = after ?? 0; ;)
        {
            var events = await store.ReadEventsAsync(position, 1000, cancellation);
            foreach (var e in events)
            {
                position = e.Position;
                if (filter.Takes(e.Envelope) && sight.Sees(e.Envelope))
                    found.Add(e.Envelope);
                if (found.Count == wanted)
                    return TypedResults.Ok(new Listed<JsonValue>(found, $"{position}"));
            }

            if (events.Count == 0)
                return TypedResults.Ok(new Listed<JsonValue>(found, null));
        }
    }

    /// <param name="Known">Events that were there already.</param>
    public sealed record Published(int Accepted, int Known);
}
