using Voltwright.Automation.Invocations.Containers;
using Voltwright.Jq;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>Runs what <c>run</c> tasks ask for, awaited or not.</summary>
internal sealed class ProcessRun(InvocationOptions options, IResources resources, TimeProvider time)
{
    private readonly ShellRun _shell = new(options.Processes, time);
    private readonly ScriptRun _script = new(options.Processes, time);
    private readonly ContainerRun _container = new(options.Containers, time);

    public Task<JsonValue> ShellAsync(JsonValue with, CancellationToken cancellation) => ResultAsync(
        ProcessRequest.Read(with), (request, end) => _shell.RunAsync(with["process"], request, end), "The command", cancellation);

    public async Task<JsonValue> ScriptAsync(JsonValue with, CancellationToken cancellation)
    {
        var script = with["process"];
        var code = script["source"].IsNull || !options.Processes.AllowScripts
            ? ProcessRequest.Text(script["code"]) : await resources.ReadAsync(script["source"], cancellation);
        return await ResultAsync(
            ProcessRequest.Read(with), (request, end) => _script.RunAsync(ProcessRequest.Text(script["language"]), code, request, end), "The script",
            cancellation);
    }

    public Task<JsonValue> ContainerAsync(JsonValue with, string idempotencyKey, CancellationToken cancellation) => ResultAsync(
        ProcessRequest.Read(with), (request, end) => _container.RunAsync(with["process"], request, idempotencyKey, end), "The container", cancellation);

    // One that is not awaited outlives the task, never its own time limit; what it comes to is nobody's business.
    private static async Task<JsonValue> ResultAsync(
        ProcessRequest request, Func<ProcessRequest, CancellationToken, Task<ProcessResult>> run, string what, CancellationToken cancellation)
    {
        if (request.Await)
            return (await run(request, cancellation)).Return(request.Return, what);
        var running = run(request, CancellationToken.None);
        if (running.IsFaulted)
            await running;
        _ = running.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return default;
    }
}
