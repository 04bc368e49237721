using System.Net.WebSockets;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi.Transports;

/// <summary>A message is a message of the socket; headers travel with the request that opens it.</summary>
internal sealed class WebSocketTransport(Outbound outbound) : IMessageTransport
{
    private const int LargestMessage = 8 << 20;

    public async Task PublishAsync(AsyncTarget target, AsyncMessage message, string idempotencyKey, CancellationToken cancellation)
    {
        using var socket = await OpenAsync(target, [("Idempotency-Key", idempotencyKey), .. message.HeaderTexts], cancellation);
        await socket.SendAsync(message.Body, WebSocketMessageType.Text, true, cancellation);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        // What was sent has arrived when the other side closes too; one that keeps talking is not listened to.
        var buffer = new byte[4096];
        while (socket.State == WebSocketState.CloseSent && (await socket.ReceiveAsync(buffer, cancellation)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    public async Task SubscribeAsync(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation)
    {
        using var socket = await OpenAsync(target, [], cancellation);
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            message.Write(buffer, 0, part.Count);
            if (message.Length > LargestMessage)
                throw new InvocationException(InvocationFailure.Communication, $"A message is larger than {LargestMessage} bytes.", 502);
            if (!part.EndOfMessage)
                continue;
            received(AsyncMessage.Received(message.GetBuffer().AsSpan(0, (int)message.Length), JsonObject.Empty));
            message.SetLength(0);
        }
    }

    private async Task<ClientWebSocket> OpenAsync(AsyncTarget target, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        var scheme = target.Server.Scheme is "wss" or "https" ? "https" : "http";
        var port = target.Server.IsDefaultPort ? -1 : target.Server.Port;
        var (uri, handler) = outbound.Http(new UriBuilder(target.Address) { Scheme = scheme, Port = port }.Uri);
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
            if (target.AuthorizationHeader is { } authorization)
                socket.Options.SetRequestHeader("Authorization", authorization);
            foreach (var (name, value) in headers)
                socket.Options.SetRequestHeader(name, value);
            await socket.ConnectAsync(new UriBuilder(uri) { Scheme = uri.Scheme == "https" ? "wss" : "ws" }.Uri, invoker, cancellation);
            return socket;
        }
        catch (WebSocketException e) when (RefusedAddressException.In(e) is null)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new InvocationException(
                InvocationFailure.Communication, $"{target.Address} opened no socket: {e.Message}", status >= 400 ? status : 503, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
