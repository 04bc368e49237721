using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voltwright.Testing;

/// <summary>A real HTTP server on loopback that answers as the test says and remembers what it was asked.</summary>
public sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private FakeService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <param name="answer">May wait: the caller then sees a slow service.</param>
    public static async Task<FakeService> StartAsync(Func<FakeRequest, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new FakeService(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var request = new FakeRequest(
                context.Request.Method, $"{context.Request.Path}{context.Request.QueryString}", headers, await reader.ReadToEndAsync());
            service._requests.Enqueue(request);
            service._arrived.Release();
            await answer(request, context);
        });
        await app.StartAsync();
        return service;
    }

    public static Task<FakeService> StartAsync(Func<FakeRequest, IResult> answer) =>
        StartAsync((request, context) => answer(request).ExecuteAsync(context));

    /// <summary>For an answer that does not come: waits until the caller gives up.</summary>
    public static async Task NeverAsync(HttpContext context) =>
        await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Completes with each further request, in order.</summary>
    public async Task<FakeRequest> NextAsync(int number)
    {
        while (_requests.Count < number)
        {
            if (!await _arrived.WaitAsync(TimeSpan.FromSeconds(20)))
                throw new TimeoutException($"Expected {number} requests within 20 s, saw {_requests.Count}.");
        }

        return _requests.ElementAt(number - 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrived.Dispose();
    }
}

public sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
