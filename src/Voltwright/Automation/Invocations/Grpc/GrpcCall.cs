using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>Calls a method of a gRPC service (DSL reference, gRPC Call).</summary>
internal sealed class GrpcCall(Outbound outbound, IResources resources, TimeProvider time)
{
    private const int MostMessages = 10_000;
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    /// <param name="authorization">The value of the header; null for an anonymous call.</param>
    public async Task<JsonValue> CallAsync(
        JsonValue with, string idempotencyKey, string? authorization, TimeSpan limit, CancellationToken cancellation)
    {
        var (target, handler) = outbound.Http(AddressOf(with["service"]));
        using var channel = GrpcChannel.ForAddress(target, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        var metadata = new Metadata { { "idempotency-key", idempotencyKey } };
        if (authorization is not null)
            metadata.Add("authorization", authorization);
        try
        {
            var invoker = channel.CreateCallInvoker();
            var method = FindMethod(await DescribeAsync(with, invoker, metadata, cancellation), with);
            var options = new CallOptions(metadata, (time.GetUtcNow() + limit).UtcDateTime, cancellation);
            return await ExchangeAsync(invoker, method, with["arguments"], options);
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException e) when (Refused(e) is { } refused)
        {
            throw refused;
        }
        catch (RpcException e)
        {
            throw GrpcStatus.ErrorOf(e);
        }
    }

    // The DSL has host and port only: no port, or that of HTTPS, means TLS; a scheme before the host says it outright.
    private static Uri AddressOf(JsonValue service)
    {
        var host = service["host"].TryGetString(out var text) ? text : "";
        var hasPort = service["port"].TryGetInt64(out var port);
        var secure = host.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || host.StartsWith("grpcs://", StringComparison.OrdinalIgnoreCase);
        var plain = host.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || host.StartsWith("grpc://", StringComparison.OrdinalIgnoreCase);
        var name = secure || plain ? host[(host.IndexOf("://", StringComparison.Ordinal) + 3)..] : host;
        var scheme = secure || (!plain && (!hasPort || port == 443)) ? "https" : "http";
        return Uri.TryCreate(hasPort ? $"{scheme}://{name}:{port}" : $"{scheme}://{name}", UriKind.Absolute, out var uri)
            ? uri : throw new InvocationException(InvocationFailure.Configuration, $"'{host}' is no host of a gRPC service.");
    }

    // An address of the schemes grpc and grpcs is a server that describes itself; anything else is a file.
    private async Task<IReadOnlyList<FileDescriptor>> DescribeAsync(
        JsonValue with, CallInvoker invoker, Metadata metadata, CancellationToken cancellation)
    {
        var proto = with["proto"];
        var address = Resource.AddressOf(proto);
        if (!address.StartsWith("grpc://", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("grpcs://", StringComparison.OrdinalIgnoreCase))
        {
            var text = await resources.ReadAsync(proto, cancellation);
            return await ProtoText.ParseAsync(text, name => resources.ReadAsync(Resource.Beside(proto, name), cancellation));
        }

        var (name, own) = (NameOf(with), AddressOf(with["service"]));
        var described = AddressOf(JsonObject.Of(("host", address)));
        if (described.Authority == own.Authority)
            return await ServerReflection.AskAsync(invoker, name, metadata, cancellation);
        var (target, handler) = outbound.Http(described);
        using var channel = GrpcChannel.ForAddress(target, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        return await ServerReflection.AskAsync(channel.CreateCallInvoker(), name, [], cancellation);
    }

    private static string NameOf(JsonValue with) => with["service"]["name"].TryGetString(out var name) ? name : "";

    private static MethodDescriptor FindMethod(IReadOnlyList<FileDescriptor> files, JsonValue with)
    {
        var services = files.SelectMany(f => f.Services).ToList();
        var name = NameOf(with);
        var service = services.Find(s => s.FullName == name) ?? services.Find(s => s.Name == name)
            ?? throw new InvocationException(
                InvocationFailure.Configuration, $"The proto has no service '{name}'; it has: {string.Join(", ", services.Select(s => s.FullName))}.");
        var method = with["method"].TryGetString(out var text) ? text : "";
        return service.FindMethodByName(method)
            ?? throw new InvocationException(
                InvocationFailure.Configuration,
                $"The service {service.FullName} has no method '{method}'; it has: {string.Join(", ", service.Methods.Select(m => m.Name))}.");
    }

    private static async Task<JsonValue> ExchangeAsync(CallInvoker invoker, MethodDescriptor method, JsonValue arguments, CallOptions options)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var rpc = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Bytes, Bytes);
        JsonValue Read(byte[] bytes) => MessageReader.Read(method.OutputType, ByteString.CopyFrom(bytes));
        var messages = Messages(method, arguments);
        switch (type)
        {
            case MethodType.Unary:
                using (var call = invoker.AsyncUnaryCall(rpc, null, options, messages[0]))
                    return Read(await call.ResponseAsync);
            case MethodType.ServerStreaming:
                using (var call = invoker.AsyncServerStreamingCall(rpc, null, options, messages[0]))
                    return await AllAsync(call.ResponseStream, Read);
            case MethodType.ClientStreaming:
                using (var call = invoker.AsyncClientStreamingCall(rpc, null, options))
                {
                    await SendAsync(call.RequestStream, messages);
                    return Read(await call.ResponseAsync);
                }

            default:
                using (var call = invoker.AsyncDuplexStreamingCall(rpc, null, options))
                {
                    var answers = AllAsync(call.ResponseStream, Read);
                    await SendAsync(call.RequestStream, messages);
                    return await answers;
                }
        }
    }

    // A stream of messages is a list under any one name, or the arguments themselves when an expression made a list of them.
    private static List<byte[]> Messages(MethodDescriptor method, JsonValue arguments)
    {
        if (arguments.IsNull)
            arguments = JsonObject.Empty;
        if (!method.IsClientStreaming)
            return [MessageWriter.Write(method.InputType, arguments)];
        if (!arguments.TryGetArray(out var list) && arguments.TryGetObject(out var members) && members.Count == 1
            && method.InputType.Fields.InDeclarationOrder().All(f => f.JsonName != members.Keys.First() && f.Name != members.Keys.First()))
            members[members.Keys.First()].TryGetArray(out list);
        return [.. (list ?? JsonArray.Of(arguments)).Select(m => MessageWriter.Write(method.InputType, m))];
    }

    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, List<byte[]> messages)
    {
        try
        {
            foreach (var message in messages)
                await stream.WriteAsync(message);
            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or RpcException { StatusCode: StatusCode.OK })
        {
            // The server had enough and has answered already.
        }
    }

    private static async Task<JsonValue> AllAsync(IAsyncStreamReader<byte[]> stream, Func<byte[], JsonValue> read)
    {
        var all = new List<JsonValue>();
        while (await stream.MoveNext(CancellationToken.None))
        {
            if (all.Count == MostMessages)
                throw new InvocationException(InvocationFailure.Communication, $"The server answered with more than {MostMessages} messages.", 502);
            all.Add(read(stream.Current));
        }

        return JsonArray.From(all);
    }

    private static RefusedAddressException? Refused(RpcException e) => RefusedAddressException.In(e) ?? RefusedAddressException.In(e.Status.DebugException);
}
