using System.Net.WebSockets;
using System.Text.Json;
using Voltwright.Ocpp.Frames;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Connection;

/// <summary>The half that sends CALLs: one on its way, the others wait their turn.</summary>
public sealed partial class OcppPeer
{
    readonly SemaphoreSlim _turn = new(1, 1);
    int _waiting;
    PendingCall? _pending;

    /// <summary>Sends a request of the connection's version and reads its answer.</summary>
    /// <param name="timeout">Instead of <see cref="PeerOptions.CallTimeout"/>.</param>
    /// <exception cref="ArgumentException">The request belongs to another version.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<CallOutcome<TResponse>> CallAsync<TResponse>(
        IOcppRequest<TResponse> request, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var message = Protocol.MessageOf(request.GetType());
        var id = Guid.NewGuid().ToString();
        var outcome = await CallAsync(
            id, message.Action, writer => JsonSerializer.Serialize(writer, request, message.RequestInfo), timeout, cancellation);
        if (outcome is not CallOutcome<JsonElement>.Answered { Response: var payload })
            return outcome.Then<TResponse>(_ => throw new InvalidOperationException("an answer was answered"));
        switch (Payload.ReadResponse<TResponse>(message, payload, _options.Lenience))
        {
            case PayloadReading<TResponse>.Valid valid:
                return new CallOutcome<TResponse>.Answered(valid.Value);
            case PayloadReading<TResponse>.Invalid invalid:
                var code = Protocol.Errors.Write(invalid.Code);
                if (Protocol.Version == OcppVersion.V21) await TrySendAsync(FrameWriter.ResultError(id, code, invalid.Description));
                return new CallOutcome<TResponse>.Refused(code, $"the answer breaks its schema: {invalid.Description}", payload);
            default:
                throw new InvalidOperationException("a reading is valid or invalid");
        }
    }

    /// <summary>Sends a message that has no answer, such as the values of an event stream. OCPP 2.1 only.</summary>
    /// <returns>False when the connection ended first.</returns>
    public Task<bool> SendAsync(IOcppRequest<NoResponse> message)
    {
        var send = Protocol.MessageOf(message.GetType());
        return TrySendAsync(FrameWriter.Send(
            Guid.NewGuid().ToString(), send.Action, writer => JsonSerializer.Serialize(writer, message, send.RequestInfo)));
    }

    /// <summary>Sends any action with any payload; nothing is checked, neither request nor answer.</summary>
    public Task<CallOutcome<JsonElement>> CallRawAsync(
        string action, JsonElement payload, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        CallAsync(Guid.NewGuid().ToString(), action, payload.WriteTo, timeout, cancellation);

    async Task<CallOutcome<JsonElement>> CallAsync(
        string id, string action, Action<Utf8JsonWriter> payload, TimeSpan? timeout, CancellationToken cancellation)
    {
        var patience = timeout ?? _options.CallTimeout;
        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.MaxWaitingCalls)
                return new CallOutcome<JsonElement>.Refused("GenericError", $"{_options.MaxWaitingCalls} calls are waiting already");
            using var deadline = new CancellationTokenSource(patience, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _ended.Token, cancellation);
            try
            {
                return await TakeTurnAsync(id, action, payload, stop.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return _ended.IsCancellationRequested
                    ? new CallOutcome<JsonElement>.Disconnected()
                    : new CallOutcome<JsonElement>.TimedOut(patience);
            }
            catch (Exception gone) when (gone is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                return new CallOutcome<JsonElement>.Disconnected();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    async Task<CallOutcome<JsonElement>> TakeTurnAsync(string id, string action, Action<Utf8JsonWriter> payload, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        var call = new PendingCall(id);
        try
        {
            Volatile.Write(ref _pending, call);
            await SendAsync(FrameWriter.Call(call.Id, action, payload)).WaitAsync(stop);
            return await call.Outcome.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (call.Outcome.Task.IsCompletedSuccessfully)
        {
            // A station that answers and goes has answered, also when its going is heard of first.
            return await call.Outcome.Task;
        }
        finally
        {
            Volatile.Write(ref _pending, null);
            _turn.Release();
        }
    }

    // An answer that nobody waits for is late or invented; either way there is nothing to do with it.
    void Resolve(string id, CallOutcome<JsonElement> outcome)
    {
        if (Volatile.Read(ref _pending) is { } call && call.Id == id) call.Outcome.TrySetResult(outcome);
    }

    sealed record PendingCall(string Id)
    {
        public TaskCompletionSource<CallOutcome<JsonElement>> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
