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

    /// <summary>Lights and locks change without an event: a station's state is looked at as often.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);

    /// <param name="of">A station; null or <c>*</c> for all that the caller sees.</param>
    public static Task ServeAsync(HttpContext context, string? of, Sight sight, IStore store, TimeProvider time, IHostApplicationLifetime lifetime) =>
        of is null or "*" ? FollowAsync(context, null, null, sight, store, time, lifetime)
        : FollowAsync(context, of, sight.Sees(of) ? $"station/{of}" : null, sight, store, time, lifetime);

    /// <param name="subject">Whose events count; null for all.</param>
    /// <param name="stream">A state whose changes count too, events or not; null for none. It costs a look at the store every while.</param>
    public static async Task FollowAsync(
        HttpContext context, string? subject, string? stream, Sight sight, IStore store, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await SendAsync(context.Response, subject, stream, sight, store, time, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The page was left, or the server stops.
        }
    }

    private static async Task SendAsync(
        HttpResponse response, string? subject, string? stream, Sight sight, IStore store, TimeProvider time, CancellationToken cancellation)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await WriteAsync(response, ": open\n\n", cancellation);
        var (seen, spoke) = (await VersionAsync(), time.GetTimestamp());
        await using var events = store.FollowEventsAsync(store.LastEventPosition, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                var happened = false;
                await WaitAsync(next, stream is null ? Heartbeat : Glance, time, leaving.Token);
                while (next.IsCompleted && await next)
                {
                    var envelope = events.Current.Envelope;
                    happened |= await sight.SeesNextAsync(envelope, leaving.Token) && (subject is null || envelope["subject"] == subject);
                    next = events.MoveNextAsync().AsTask();
                }

                var version = await VersionAsync();
                (happened, seen) = (happened || version != seen, version);
                if (happened || time.GetElapsedTime(spoke) >= Heartbeat)
                {
                    await WriteAsync(response, happened ? "data: look\n\n" : ": alive\n\n", leaving.Token);
                    spoke = time.GetTimestamp();
                }

                if (happened)
                    await Task.Delay(Calm, time, leaving.Token);
            }
        }
        finally
        {
            // The log is followed until the wait for its next event is over.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async ValueTask<long> VersionAsync() =>
            stream is null ? 0 : (await store.LoadAsync(stream, leaving.Token))?.Version ?? 0;
    }

    private static async Task WaitAsync(Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(task, Task.Delay(patience, time, waited.Token));
        await waited.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.WriteAsync(text, cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
