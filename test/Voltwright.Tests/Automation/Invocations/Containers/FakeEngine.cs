using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Tests.Automation.Invocations.Containers;

/// <summary>An engine that speaks Docker's API on a socket of its own. What a container is to run in a shell, it runs as a process.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private FakeEngine()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenUnixSocket(Socket));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new($"unix://{Socket}");

    public HashSet<string> Images { get; } = ["alpine"];

    public ConcurrentQueue<string> Pulled { get; } = new();

    public ConcurrentDictionary<string, FakeContainer> Containers { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    private string Socket => Path.Combine(_folder.Path, "engine.sock");

    public static async Task<FakeEngine> StartAsync()
    {
        var engine = new FakeEngine();
        await engine._app.StartAsync();
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts[0].StartsWith("v1.", StringComparison.Ordinal))
            parts = parts[1..];
        var what = $"{context.Request.Method} {parts[0]}/{(parts.Length == 2 ? parts[1] : parts.Length > 2 ? parts[^1] : "")}";
        Requests.Enqueue(what);
        var query = context.Request.Query;
        switch (what)
        {
            case "GET images/json": await (Images.Contains(parts[1]) ? JsonAsync(context, "{\"Id\":\"i\"}") : RefuseAsync(context, 404, "No such image")); break;
            case "POST images/create": await PullAsync(context, query["fromImage"]!, query["tag"]!); break;
            case "GET containers/json" when parts.Length == 2: await JsonAsync(context, List()); break;
            case "POST containers/create": await CreateAsync(context, query["name"]!); break;
            default: await ActAsync(context, what, Find(parts[1])); break;
        }
    }

    private async Task ActAsync(HttpContext context, string what, FakeContainer? container)
    {
        if (container is null)
        {
            await RefuseAsync(context, 404, "No such container");
            return;
        }

        switch (what)
        {
            case "GET containers/json":
                await JsonAsync(context, JsonObject.Of(("Id", container.Id), ("Config", JsonObject.Of(("Labels", container.Spec["Labels"])))));
                break;
            case "POST containers/attach": await AttachAsync(context, container); break;
            case "POST containers/start": context.Response.StatusCode = container.Start() ? 204 : 304; break;
            case "POST containers/wait":
                await JsonAsync(context, JsonObject.Of(("StatusCode", await container.Ended.Task.WaitAsync(context.RequestAborted))));
                break;
            case "GET containers/logs":
                context.Response.ContentType = "application/vnd.docker.multiplexed-stream";
                await FrameAsync(context, 1, container.Output);
                await FrameAsync(context, 2, container.Error);
                break;
            case "POST containers/kill": container.Ended.TrySetResult(137); break;
            default:
                container.IsRemoved.TrySetResult();
                Containers.TryRemove(container.Id, out _);
                context.Response.StatusCode = 204;
                break;
        }
    }

    private FakeContainer? Find(string idOrName) => Containers.Values.FirstOrDefault(c => c.Id == idOrName || c.Name == idOrName);

    private JsonValue List() => JsonArray.From(Containers.Values.Where(c => !c.Spec["Labels"]["voltwright.remove-at"].IsNull)
        .Select(c => (JsonValue)JsonObject.Of(("Id", c.Id), ("Labels", c.Spec["Labels"]))));

    private async Task PullAsync(HttpContext context, string image, string tag)
    {
        Pulled.Enqueue($"{image}:{tag}");
        Images.Add(image);
        await JsonAsync(context, image == "missing" ? "{\"error\":\"no\",\"errorDetail\":{\"message\":\"pull access denied\"}}" : "{\"status\":\"Downloaded\"}");
    }

    private async Task CreateAsync(HttpContext context, string name)
    {
        using var reader = new StreamReader(context.Request.Body);
        var spec = JsonValue.Parse(await reader.ReadToEndAsync());
        if (Find(name) is not null)
        {
            await RefuseAsync(context, 409, $"The name {name} is in use");
            return;
        }

        var container = new FakeContainer((Containers.Count + 1).ToString("x12", CultureInfo.InvariantCulture), name, spec);
        Containers[container.Id] = container;
        context.Response.StatusCode = 201;
        await JsonAsync(context, JsonObject.Of(("Id", container.Id), ("Warnings", JsonArray.Empty)));
    }

    private static async Task AttachAsync(HttpContext context, FakeContainer container)
    {
        await using var stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
        using var reader = new StreamReader(stream);
        container.Input.SetResult(await reader.ReadToEndAsync());
    }

    private static async Task FrameAsync(HttpContext context, byte stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await context.Response.Body.WriteAsync(new byte[] { stream, 0, 0, 0, 0, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length });
        await context.Response.Body.WriteAsync(bytes);
    }

    private static Task JsonAsync(HttpContext context, JsonValue json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.TryGetString(out var text) ? text : json.ToString());
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return JsonAsync(context, JsonObject.Of(("message", message)));
    }
}

internal sealed class FakeContainer(string id, string name, JsonValue spec)
{
    private int _starts;

    public string Id => id;

    public string Name => name;

    public JsonValue Spec => spec;

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public TaskCompletionSource<string> Input { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<int> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource IsRemoved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Start()
    {
        if (Interlocked.Increment(ref _starts) > 1)
            return false;
        if (spec["Image"] != "endless")
            _ = RunAsync();
        return true;
    }

    private async Task RunAsync()
    {
        if (!spec["Entrypoint"].TryGetArray(out var entry))
        {
            Output = $"Hello from {spec["Image"].AsString()}\n";
            Ended.TrySetResult(0);
            return;
        }

        var start = new ProcessStartInfo(entry[0].AsString()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in entry.Skip(1).Concat(spec["Cmd"].TryGetArray(out var arguments) ? arguments : JsonArray.Empty))
            start.ArgumentList.Add(argument.AsString());
        foreach (var pair in spec["Env"].TryGetArray(out var environment) ? environment : JsonArray.Empty)
            start.Environment[pair.AsString().Split('=')[0]] = pair.AsString().Split('=')[1];
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(spec["OpenStdin"].IsTruthy ? await Input.Task : "");
        process.StandardInput.Close();
        Output = await process.StandardOutput.ReadToEndAsync();
        Error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Ended.TrySetResult(process.ExitCode);
    }
}
