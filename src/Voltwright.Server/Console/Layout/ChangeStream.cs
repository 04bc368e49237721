using Microsoft.AspNetCore.Http.Features;
using Voltwright.Server.Auth;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Layout;

/// <summary>
/// Tells open pages that something happened, at most a few times a second; they then fetch themselves anew. A page that is closed costs
/// nothing, and one that was away loses nothing, because nothing but "look again" is ever said.
/// </summary>
internal static class ChangeStream
{
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task ServeAsync(HttpContext context, string? of, Sight sight, IStore store, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await SendAsync(context.Response, of is null or "*" ? null : of, sight, store, time, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The page was left, or the server stops.
        }
    }

    private static async Task SendAsync(HttpResponse response, string? subject, Sight sight, IStore store, TimeProvider time, CancellationToken cancellation)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await WriteAsync(response, ": open\n\n", cancellation);
        await using var events = store.FollowEventsAsync(store.LastEventPosition, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!await EndsWithinAsync(next, Heartbeat, time, leaving.Token))
                {
                    await WriteAsync(response, ": alive\n\n", leaving.Token);
                    continue;
                }

                var happened = false;
                while (next.IsCompleted && await next)
                {
                    var envelope = events.Current.Envelope;
                    happened |= await sight.SeesNextAsync(envelope, leaving.Token) && (subject is null || envelope["subject"] == subject);
                    next = events.MoveNextAsync().AsTask();
                }

                if (!happened)
                    continue;
                await WriteAsync(response, "data: look\n\n", leaving.Token);
                await Task.Delay(Calm, time, leaving.Token);
            }
        }
        finally
        {
            // The log is followed until the wait for its next event is over.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var first = await Task.WhenAny(task, Task.Delay(patience, time, waited.Token));
        await waited.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return first == task;
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.WriteAsync(text, cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
