using System.Text.Json;

namespace Voltwright.Ocpp.Frames;

/// <summary>A message of the RPC framework. OCPP-J 1.6 §4.2.</summary>
public abstract record Frame(string Id)
{
    /// <summary>The longest message id that the specification allows.</summary>
    public const int MaxIdLength = 36;

    /// <summary><c>[2, id, action, payload]</c>.</summary>
    public sealed record Call(string Id, string Action, JsonElement Payload) : Frame(Id);

    /// <summary><c>[3, id, payload]</c>.</summary>
    public sealed record Result(string Id, JsonElement Payload) : Frame(Id);

    /// <summary><c>[4, id, code, description, details]</c>; the code as the other end wrote it.</summary>
    public sealed record Error(string Id, string Code, string Description, JsonElement Details) : Frame(Id);

    /// <summary><c>[5, id, code, description, details]</c>: our answer could not be understood. OCPP 2.1 only.</summary>
    public sealed record ResultError(string Id, string Code, string Description, JsonElement Details) : Frame(Id);

    /// <summary><c>[6, id, action, payload]</c>: a message without an answer. OCPP 2.1 only.</summary>
    public sealed record Send(string Id, string Action, JsonElement Payload) : Frame(Id);
}

/// <summary>What became of received bytes.</summary>
public abstract record FrameReading
{
    public sealed record Whole(Frame Frame) : FrameReading;

    /// <summary>
    /// Not a frame. <paramref name="Id"/> is the message id when it could be recovered; <paramref name="IsAnswer"/> says that the
    /// bytes meant to be what gets no answer: an answer itself, or a SEND.
    /// </summary>
    public sealed record Broken(string? Id, bool IsAnswer, OcppErrorCode Code, string Description) : FrameReading;

    /// <summary>A frame whose type number this end does not know; its content is not looked at. OCPP-J 1.6 §4.1.3.</summary>
    public sealed record Foreign(string? Id, int Type) : FrameReading;
}
