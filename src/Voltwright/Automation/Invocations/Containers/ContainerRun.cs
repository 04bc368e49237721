using System.Globalization;
using System.Net;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Containers;

/// <summary>Runs containers by the API of a Docker engine.</summary>
internal sealed class ContainerRun(ContainerOptions options, TimeProvider time)
{
    private readonly DockerClient _engine = new DockerClientBuilder().WithEndpoint(options.Engine).WithTimeout(Timeout.InfiniteTimeSpan).Build();

    public Task<ProcessResult> RunAsync(JsonValue process, ProcessRequest request, string idempotencyKey, CancellationToken cancellation) => options.Allow
        ? GuardedAsync(new ContainerSpec(process, request, idempotencyKey), cancellation)
        : throw new InvocationException(
            InvocationFailure.Authorization, "Containers are not allowed on this server; the operator allows them with --allow-containers.");

    private async Task<ProcessResult> GuardedAsync(ContainerSpec spec, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await RunAsync(spec, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new InvocationException(
                InvocationFailure.Timeout, $"The container was stopped after {options.Timeout.TotalSeconds:0.###} s, the operator's limit.");
        }
        catch (DockerApiException e)
        {
            throw new InvocationException(InvocationFailure.Communication, $"The container engine refused: {Reason(e)}", (int)e.StatusCode, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new InvocationException(
                InvocationFailure.Communication, $"The container engine at {options.Engine} cannot be reached: {e.GetBaseException().Message}.", 503, e);
        }
    }

    private async Task<ProcessResult> RunAsync(ContainerSpec spec, CancellationToken cancellation)
    {
        var parameters = spec.Parameters(options);
        await SweepAsync(cancellation);
        await PullAsync(spec, cancellation);
        var id = await CreateAsync(spec, parameters, cancellation);
        try
        {
            await StartAsync(id, spec, cancellation);
            var ended = await _engine.Containers.WaitContainerAsync(id, cancellation);
            var (output, error) = await OutputAsync(id, cancellation);
            return new ProcessResult(ended.StatusCode, output, error);
        }
        catch (Exception e) when (e is OperationCanceledException or InvocationException)
        {
            await QuietlyAsync(() => _engine.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = "KILL" }, CancellationToken.None));
            throw;
        }
        finally
        {
            await CleanUpAsync(id, spec);
        }
    }

    private async Task PullAsync(ContainerSpec spec, CancellationToken cancellation)
    {
        var policy = spec.Process["pullPolicy"].TryGetString(out var text) ? text : "ifNotPresent";
        if (policy != "always" && await ExistsAsync(spec.Image, cancellation))
            return;
        if (policy == "never")
            throw new InvocationException(InvocationFailure.Configuration, $"The image '{spec.Image}' is not here, and 'pullPolicy' is never.");
        string? problem = null;
        var progress = new Told(message => problem ??= message.Error?.Message);
        var (name, tag) = Tagged(spec.Image);
        await _engine.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = name, Tag = tag }, null, progress, cancellation);
        if (problem is not null)
            throw new InvocationException(InvocationFailure.Communication, $"The image '{spec.Image}' cannot be pulled: {problem}", 502);
    }

    private async Task<bool> ExistsAsync(string image, CancellationToken cancellation)
    {
        try
        {
            await _engine.Images.InspectImageAsync(image, cancellation);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    // After a crash the container of that very task may be there already: it is the one to wait for.
    private async Task<string> CreateAsync(ContainerSpec spec, CreateContainerParameters parameters, CancellationToken cancellation)
    {
        if (spec.Cleanup == "eventually")
        {
            var due = time.GetUtcNow() + options.Timeout + spec.After;
            parameters.Labels[ContainerSpec.RemovalLabel] = due.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        try
        {
            return (await _engine.Containers.CreateContainerAsync(parameters, cancellation)).ID;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            var existing = await _engine.Containers.InspectContainerAsync(spec.Name, cancellation);
            if (existing.Config?.Labels?.TryGetValue(ContainerSpec.KeyLabel, out var key) == true && key == spec.Key)
                return existing.ID;
            throw;
        }
    }

    private async Task StartAsync(string id, ContainerSpec spec, CancellationToken cancellation)
    {
        if (spec.Request.Input is not { } input)
        {
            await _engine.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellation);
            return;
        }

        using var stream = await _engine.Containers.AttachContainerAsync(id, new ContainerAttachParameters { Stream = true, Stdin = true }, cancellation);
        if (!await _engine.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellation))
            return;
        var bytes = Encoding.UTF8.GetBytes(input);
        await stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
        stream.CloseWrite();
    }

    private async Task<(string Output, string Error)> OutputAsync(string id, CancellationToken cancellation)
    {
        using var logs = await _engine.Containers.GetContainerLogsAsync(
            id, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true }, cancellation);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await logs.ReadOutputAsync(buffer, 0, buffer.Length, cancellation) is { EOF: false } part)
        {
            var stream = part.Target == MultiplexedStream.TargetStream.StandardError ? error : output;
            if (stream.Length + part.Count > options.LargestOutput)
                throw new InvocationException(InvocationFailure.Runtime, $"The container wrote more than {options.LargestOutput} bytes.");
            stream.Write(buffer, 0, part.Count);
        }

        return (Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private async Task CleanUpAsync(string id, ContainerSpec spec)
    {
        if (spec.Cleanup == "always")
            await RemoveAsync(id);
        else if (spec.Cleanup == "eventually")
            _ = LaterAsync();

        async Task LaterAsync()
        {
            await Task.Delay(spec.After, time);
            await RemoveAsync(id);
        }
    }

    // What another life of this process was to remove, and did not live to.
    private async Task SweepAsync(CancellationToken cancellation)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [ContainerSpec.RemovalLabel] = true } };
        foreach (var left in await _engine.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, cancellation))
        {
            if (left.Labels is not null && left.Labels.TryGetValue(ContainerSpec.RemovalLabel, out var due)
                && long.TryParse(due, out var seconds) && seconds < time.GetUtcNow().ToUnixTimeSeconds())
                await RemoveAsync(left.ID);
        }
    }

    private Task RemoveAsync(string id) => QuietlyAsync(
        () => _engine.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, CancellationToken.None));

    // Tidying must not turn a result into a failure.
    private static async Task QuietlyAsync(Func<Task> tidy)
    {
        try
        {
            await tidy();
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException)
        {
            // It is gone, or the engine is.
        }
    }

    private static string Reason(DockerApiException e)
    {
        try
        {
            return JsonValue.Parse(e.ResponseBody ?? "")["message"].TryGetString(out var message) ? message : e.Message;
        }
        catch (JsonFormatException)
        {
            return e.Message;
        }
    }

    private static (string Name, string Tag) Tagged(string image)
    {
        var colon = image.LastIndexOf(':');
        return image.Contains('@', StringComparison.Ordinal) ? (image, "")
            : colon > image.LastIndexOf('/') ? (image[..colon], image[(colon + 1)..]) : (image, "latest");
    }

    private sealed class Told(Action<JSONMessage> tell) : IProgress<JSONMessage>
    {
        public void Report(JSONMessage value) => tell(value);
    }
}
