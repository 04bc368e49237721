using System.Text.Json;
using Voltwright.Ocpp.Frames;

namespace Voltwright.Ocpp.Connection;

/// <summary>The half that serves the other end's CALLs.</summary>
public sealed partial class OcppPeer
{
    async Task TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        switch (FrameReader.Read(bytes.Span, Protocol.Version))
        {
            case FrameReading.Whole { Frame: Frame.Call call }:
                await TakeCallAsync(call, cancellation);
                break;
            case FrameReading.Whole { Frame: Frame.Result result }:
                Resolve(result.Id, new CallOutcome<JsonElement>.Answered(result.Payload));
                break;
            case FrameReading.Whole { Frame: Frame.Error error }:
                Resolve(error.Id, new CallOutcome<JsonElement>.Refused(error.Code, error.Description, error.Details));
                break;
            case FrameReading.Whole { Frame: Frame.ResultError error }:
                _options.ObserveFailure?.Invoke("CALLRESULT", new InvalidDataException($"{error.Code}: {error.Description}"));
                break;
            case FrameReading.Whole { Frame: Frame.Send send } when Protocol.Find(send.Action) is { IsAnswered: false }:
                await _requests.Writer.WriteAsync(new Inbound(new Frame.Call(send.Id, send.Action, send.Payload), isSend: true), cancellation);
                break;
            case FrameReading.Broken { IsAnswer: true, Id: { } id } broken:
                Resolve(id, new CallOutcome<JsonElement>.Refused(Protocol.Errors.Write(broken.Code), broken.Description));
                break;
            case FrameReading.Broken { IsAnswer: false } broken:
                await SendErrorAsync(broken.Id, broken.Code, broken.Description);
                break;
            case FrameReading.Foreign foreign when Protocol.Version != OcppVersion.V16:
                await SendErrorAsync(foreign.Id, OcppErrorCode.MessageTypeNotSupported, $"{foreign.Type} is no message type");
                break;
        }
    }

    // A repeated id while its call is in progress is a station that lost patience: both get the one answer. With another content it is
    // a mistake (OCPP-J 1.6 §4.2.3).
    async Task TakeCallAsync(Frame.Call call, CancellationToken cancellation)
    {
        var inbound = new Inbound(call);
        if (_inProgress.TryAdd(call.Id, inbound))
        {
            Interlocked.Increment(ref _unanswered);
            await _requests.Writer.WriteAsync(inbound, cancellation);
            return;
        }

        if (!_inProgress.TryGetValue(call.Id, out var first) || !first.TryShare(call))
            await SendErrorAsync(call.Id, OcppErrorCode.ProtocolError, "the message id is in use by a call in progress");
    }

    async Task ServeAsync()
    {
        await foreach (var inbound in _requests.Reader.ReadAllAsync())
        {
            if (_ended.IsCancellationRequested) continue;
            var answer = await AnswerAsync(inbound.Call);
            if (inbound.IsSend) continue;
            var copies = inbound.Close();
            _inProgress.TryRemove(inbound.Call.Id, out _);
            for (var copy = 0; copy < copies; copy++) await SendAnswerAsync(inbound.Call.Id, answer);
            Interlocked.Decrement(ref _unanswered);
        }
    }

    async Task<OcppAnswer> AnswerAsync(Frame.Call call)
    {
        try
        {
            return await _handle(call.Action, call.Payload, _ended.Token);
        }
#pragma warning disable CA1031 // The edge of the wire: whatever a handler throws, the other end gets an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _options.ObserveFailure?.Invoke(call.Action, failure);
            return new OcppAnswer.Error(OcppErrorCode.InternalError, $"{call.Action} failed");
        }
    }

    Task SendAnswerAsync(string id, OcppAnswer answer) => answer is OcppAnswer.Error error
        ? SendErrorAsync(id, error.Code, error.Description, error.Details)
        : TrySendAsync(FrameWriter.Result(id, ((OcppAnswer.Result)answer).WritePayload));

    /// <summary>A call of the other end, with the number of times that it was sent before its answer.</summary>
    sealed class Inbound(Frame.Call call, bool isSend = false)
    {
        readonly Lock _lock = new();
        int _copies = 1;
        bool _closed;

        public Frame.Call Call => call;

        /// <summary>It wants no answer.</summary>
        public bool IsSend => isSend;

        public bool TryShare(Frame.Call again)
        {
            if (again.Action != call.Action || !JsonElement.DeepEquals(again.Payload, call.Payload)) return false;
            lock (_lock)
            {
                if (!_closed) _copies++;
                return !_closed;
            }
        }

        public int Close()
        {
            lock (_lock)
            {
                _closed = true;
                return _copies;
            }
        }
    }
}
