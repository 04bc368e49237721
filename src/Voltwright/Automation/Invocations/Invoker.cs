using Voltwright.Automation.Credentials;
using Voltwright.Automation.Invocations.Agents;
using Voltwright.Automation.Invocations.AsyncApi;
using Voltwright.Automation.Invocations.Grpc;
using Voltwright.Automation.Invocations.Mcp;
using Voltwright.Automation.Invocations.OpenApi;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations;

/// <summary>Does what runs ask for by <see cref="Invoke"/>. Whatever comes of it is an event of the run; nothing is thrown.</summary>
public sealed class Invoker
{
    private readonly TimeProvider _time;
    private readonly TokenSource _tokens;
    private readonly Dictionary<string, Work> _kinds;

    public Invoker(InvocationOptions options, HttpCaller caller, TimeProvider time)
    {
        _time = time;
        _tokens = caller.Tokens;
        var outbound = new Outbound(caller.Routes);
        var resources = new ResourceReader(caller, options.ResourceFolder);
        var processes = new ProcessRun(options, resources, time);
        var grpc = new GrpcCall(outbound, resources, time);
        var messages = new AsyncApiCall(outbound, caller, resources);
        var api = new OpenApiCall(caller, resources);
        var agent = new AgentCall(caller, resources);
        var mcp = new McpCall(outbound, options.Processes, time);
        _kinds = new(StringComparer.Ordinal)
        {
            ["shell"] = (i, _, end) => processes.ShellAsync(i.Request, end),
            ["script"] = (i, _, end) => processes.ScriptAsync(i.Request, end),
            ["container"] = (i, _, end) => processes.ContainerAsync(i.Request, i.IdempotencyKey, end),
            ["grpc"] = (i, _, end) => grpc.CallAsync(
                i.Request, i.IdempotencyKey, RequestAuthorization.Header(i.Request["service"]["authentication"]), options.Timeout, end),
            ["asyncapi"] = (i, progress, end) => messages.CallAsync(i.Request, i.IdempotencyKey, progress, end),
            ["openapi"] = (i, _, end) => api.CallAsync(i.Request, i.IdempotencyKey, end),
            ["a2a"] = (i, _, end) => agent.CallAsync(i.Request, i.IdempotencyKey, AuthorizationOf(i.Request, "server"), end),
            ["mcp"] = (i, _, end) => mcp.CallAsync(
                i.Request, i.IdempotencyKey, RequestAuthorization.Header(i.Request["transport"]["http"]["endpoint"]["authentication"]), end),
        };
    }

    private delegate Task<JsonValue> Work(Invoke invoke, Action<JsonValue> progress, CancellationToken cancellation);

    /// <summary>Completes with <see cref="Invoked"/> or <see cref="InvokeFailed"/>; null when the caller gave up.</summary>
    /// <param name="progress">Told of each message that comes before the end, in order.</param>
    public async Task<RunEvent?> InvokeAsync(Invoke invoke, Action<InvokeProgress> progress, CancellationToken cancellation)
    {
        try
        {
            var work = _kinds.GetValueOrDefault(invoke.Kind)
                ?? throw new InvocationException(InvocationFailure.Configuration, $"This server cannot do '{invoke.Kind}'.");
            if (invoke.Kind is "grpc" or "asyncapi" or "mcp")
                invoke = invoke with { Request = await RequestAuthorization.WithTokensAsync(invoke.Request, _tokens, cancellation) };
            var output = await work(invoke, message => progress(new InvokeProgress(_time.GetUtcNow(), invoke.Id, message)), cancellation);
            return new Invoked(_time.GetUtcNow(), invoke.Id, output);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (InvocationException e)
        {
            return Failed(invoke, e.Failure, e.Status, e.Message);
        }
        catch (Exception e) when (RefusedAddressException.In(e) is { } refused)
        {
            return Failed(invoke, InvocationFailure.Authorization, null, refused.Message);
        }
        catch (Exception e)
        {
            // The edge of the process: whatever a library or the other side made of it.
            return Failed(invoke, InvocationFailure.Communication, 503, e.GetBaseException().Message);
        }
    }

    // An agent card has its own credentials; those of the server are for the call.
    private static Workflows.Http.HttpAuthorization? AuthorizationOf(JsonValue request, string place) =>
        RequestAuthorization.Read(request[place]["authentication"]) ?? RequestAuthorization.Read(request["agentCard"]["endpoint"]["authentication"]);

    private InvokeFailed Failed(Invoke invoke, InvocationFailure failure, int? status, string detail) =>
        new(_time.GetUtcNow(), invoke.Id, failure, status, detail);
}
