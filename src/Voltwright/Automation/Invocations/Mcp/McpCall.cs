using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Voltwright.Automation.Invocations.Mcp;

/// <summary>Asks a server of the Model Context Protocol (DSL reference, MCP Call); the output is the result as it came.</summary>
internal sealed class McpCall(Outbound outbound, ProcessOptions processes, TimeProvider time)
{
    private const string UsualVersion = "2025-06-18";
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(100);

    /// <param name="authorization">The value of the header; null for an anonymous call.</param>
    public async Task<JsonValue> CallAsync(JsonValue with, string idempotencyKey, string? authorization, CancellationToken cancellation)
    {
        var limit = TimeoutOf(with["timeout"]);
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var folder = with["transport"]["stdio"].IsNull ? null : Directory.CreateTempSubdirectory("voltwright-mcp-").FullName;
        try
        {
            IClientTransport transport = folder is null
                ? HttpTransport(with["transport"]["http"], idempotencyKey, authorization) : StdioTransport(with["transport"]["stdio"], folder);
            await using var client = await McpClient.CreateAsync(transport, OptionsOf(with, limit), null, either.Token);
            var request = new JsonRpcRequest { Method = with["method"].AsString(), Params = JsonNode.Parse(ParametersOf(with).ToString()) };
            var response = await client.SendRequestAsync(request, either.Token);
            return response.Result is null ? default : JsonValue.Parse(response.Result.ToJsonString());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (timeout.IsCancellationRequested || e is TimeoutException)
        {
            throw new InvocationException(InvocationFailure.Timeout, $"The MCP server gave no answer within {limit.TotalSeconds:0.###} s.", null, e);
        }
        catch (McpProtocolException e)
        {
            throw new InvocationException(InvocationFailure.Runtime, $"The MCP server's error {(int)e.ErrorCode}: {e.Message}", null, e);
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            throw new InvocationException(InvocationFailure.Runtime, $"The MCP server answered with status {(int)status}.", (int)status, e);
        }
        catch (HttpRequestException e) when (e.InnerException is not RefusedAddressException && e.GetBaseException() is not RefusedAddressException)
        {
            throw new InvocationException(InvocationFailure.Communication, $"The MCP server cannot be reached: {e.Message}", 503, e);
        }
        catch (Exception e) when (e is McpException or IOException)
        {
            throw new InvocationException(InvocationFailure.Runtime, e.Message, null, e);
        }
        finally
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private HttpClientTransport HttpTransport(JsonValue http, string idempotencyKey, string? authorization)
    {
        var address = Resource.AddressOf(http) is { Length: > 0 } uri ? uri : http["endpoint"]["uri"].ToString();
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new InvocationException(InvocationFailure.Configuration, $"'{address}' is no absolute http or https address of an MCP server.");
        var (target, handler) = outbound.Http(endpoint);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Idempotency-Key"] = idempotencyKey };
        if (authorization is not null)
            headers["Authorization"] = authorization;
        foreach (var (name, value) in http["headers"].TryGetObject(out var given) ? given : JsonObject.Empty)
            headers[name] = ProcessRequest.Text(value);
        var options = new HttpClientTransportOptions { Endpoint = target, AdditionalHeaders = headers, EnableStandaloneGetStream = false };
        return new HttpClientTransport(options, new HttpClient(handler), null, ownsHttpClient: true);
    }

    private StdioClientTransport StdioTransport(JsonValue stdio, string folder)
    {
        if (!processes.AllowShell)
        {
            throw new InvocationException(
                InvocationFailure.Authorization,
                "MCP servers that are programs are not allowed on this server; the operator allows them with --allow-shell. "
                    + "One at an address needs no permission.");
        }

        var request = ProcessRequest.Read(JsonObject.Of(("process", stdio)));
        var environment = LocalProcess.EnvironmentOf(request.Environment, folder);
        return new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = stdio["command"].AsString(),
            Command = "/bin/sh",
            Arguments = LocalProcess.LaunchArguments(processes, [stdio["command"].AsString(), .. request.Arguments]),
            WorkingDirectory = folder,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = environment.ToDictionary(e => e.Key, e => (string?)e.Value),
            ShutdownTimeout = TimeSpan.FromSeconds(2),
        });
    }

    private static McpClientOptions OptionsOf(JsonValue with, TimeSpan limit) => new()
    {
        ProtocolVersion = with["protocolVersion"].TryGetString(out var version) ? version : UsualVersion,
        ClientInfo = new Implementation
        {
            Name = with["client"]["name"].TryGetString(out var name) ? name : "voltwright",
            Version = with["client"]["version"].TryGetString(out var own) ? own : typeof(McpCall).Assembly.GetName().Version!.ToString(),
        },
        InitializationTimeout = limit,
    };

    private static JsonValue ParametersOf(JsonValue with) => with["parameters"] is { IsNull: false } given ? given : JsonObject.Empty;

    // Evaluated to ISO 8601 or to the members of a duration.
    private static TimeSpan TimeoutOf(JsonValue timeout) => timeout.IsNull ? UsualTimeout : Durations.Read(timeout, "timeout");
}
