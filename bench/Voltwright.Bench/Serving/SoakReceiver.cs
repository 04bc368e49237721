using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Voltwright.Jq;

namespace Voltwright.Bench.Serving;

/// <summary>Receives a webhook's events, answers some of them with 500, and remembers in which order they came first.</summary>
internal sealed class SoakReceiver : IAsyncDisposable
{
    private const int FailsOneIn = 50;
    private readonly ConcurrentDictionary<string, List<string>> _bySubject = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private int _asked;

    private SoakReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<SoakReceiver> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new SoakReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellation);
        return receiver;
    }

    /// <summary>How the events that came differ from those that were committed; null when they do not.</summary>
    /// <param name="committed">Subject and id, in the order of the log.</param>
    public string? Difference(IEnumerable<(string Subject, string Id)> committed)
    {
        lock (_lock)
        {
            foreach (var subject in committed.GroupBy(e => e.Subject, e => e.Id, StringComparer.Ordinal))
            {
                var came = _bySubject.GetValueOrDefault(subject.Key) ?? [];
                var wanted = subject.ToList();
                if (!came.Take(wanted.Count).SequenceEqual(wanted))
                    return $"{subject.Key}: {wanted.Count} events are committed, {came.Count} came, or not in their order.";
            }

            return null;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Interlocked.Increment(ref _asked) % FailsOneIn == 0)
        {
            context.Response.StatusCode = 500;
            return;
        }

        var e = JsonValue.Parse(body.ToArray());
        var (subject, id) = (SubjectOf(e), e["id"].AsString());
        lock (_lock)
        {
            if (_seen.Add($"{e["source"].AsString()}#{id}"))
                _bySubject.GetOrAdd(subject, _ => []).Add(id);
        }

        context.Response.StatusCode = 204;
    }

    internal static string SubjectOf(JsonValue e) => e["subject"].TryGetString(out var subject) ? subject : e["source"].AsString();
}
