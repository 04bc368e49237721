using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Voltwright.Events;
using Voltwright.Server.Problems;
using Voltwright.Server.Auth;
using Voltwright.Storage;

namespace Voltwright.Server.Events;

/// <summary>Server-sent events: the id of each is its position in the log, so a reader that comes back misses nothing.</summary>
internal static class EventStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task ServeAsync(HttpContext context, Sight sight, IStore store, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (StartOf(context.Request) is not { } text)
        {
            // An empty commit takes the next position of the log: everything after it is new.
            text = (await store.CommitAsync(new Commit(), context.RequestAborted)).ToString(CultureInfo.InvariantCulture);
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            await (Problem.Invalid($"'{text}' is no position of an event.") with { Field = "Last-Event-ID" }).WriteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await SendAsync(context.Response, sight, store, time, EventFilterQuery.Of(context.Request), position, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader left, or the server stops: both are how a stream ends.
        }
    }

    private static string? StartOf(HttpRequest request) =>
        request.Headers["Last-Event-ID"] is { Count: > 0 } header ? header.ToString()
            : request.Query["after"] is { Count: > 0 } query ? query.ToString()
            : null;

    private static async Task SendAsync(
        HttpResponse response, Sight sight, IStore store, TimeProvider time, EventFilter filter, long position, CancellationToken cancellation)
    {
        await response.WriteAsync(": open\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
        await using var events = store.FollowEventsAsync(position, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(events, response, time))
        {
            if (await sight.SeesNextAsync(events.Current.Envelope, cancellation) && filter.Takes(events.Current.Envelope))
                await response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(Text(events.Current)), cancellation);
        }
    }

    // The wait for an event ends by itself when the stream is cancelled, so it alone decides when this returns.
    private static async Task<bool> NextAsync(IAsyncEnumerator<StoredEvent> events, HttpResponse response, TimeProvider time)
    {
        var next = events.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            using var waited = new CancellationTokenSource();
            if (await Task.WhenAny(next, Task.Delay(Heartbeat, time, waited.Token)) != next)
                await response.WriteAsync(": alive\n\n", CancellationToken.None);
            await waited.CancelAsync();
        }

        return await next;
    }

    private static string Text(StoredEvent e) =>
        string.Create(CultureInfo.InvariantCulture, $"id: {e.Position}\ndata: {e.Envelope}\n\n");
}
