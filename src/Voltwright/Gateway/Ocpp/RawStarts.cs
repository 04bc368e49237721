using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>
/// Starts that an operator asked for in the station's own protocol. Stations may authorise the card of such a start
/// (AuthorizeRemoteTxRequests, AuthCtrlr.AuthorizeRemoteStart): nobody tapped then, and no workflow may start another charge. Stations of
/// 2.x may name the start instead of its card.
/// </summary>
internal sealed class RawStarts(TimeProvider time)
{
    private const int Kept = 32;
    private static readonly TimeSpan CheckedWithin = TimeSpan.FromSeconds(10);
    private readonly Queue<(string CardId, JsonValue Number, long At)> _asked = [];

    /// <summary>Takes notice of a command, before the station has it.</summary>
    public void Note(string action, JsonValue payload)
    {
        if (action is not ("RemoteStartTransaction" or "RequestStartTransaction") || CardIn(payload) is not { } card)
            return;
        lock (_asked)
        {
            _asked.Enqueue((card, payload["remoteStartId"], time.GetTimestamp()));
            if (_asked.Count > Kept)
                _asked.Dequeue();
        }
    }

    /// <summary>The card that such a command names, in 1.6 or 2.x.</summary>
    public static string? CardIn(JsonValue payload) =>
        payload["idTag"].TryGetString(out var tag) ? tag
        : payload["idToken"]["idToken"].TryGetString(out var token) ? token
        : null;

    /// <summary>Whether an Authorize of that card is the check of such a start.</summary>
    public bool Contains(string cardId)
    {
        lock (_asked)
            return _asked.Any(a => a.CardId.Equals(cardId, StringComparison.OrdinalIgnoreCase) && time.GetElapsedTime(a.At) <= CheckedWithin);
    }

    /// <summary>Whose start has that number; null when nobody's.</summary>
    public string? CardOf(int? remoteStartId)
    {
        lock (_asked)
        {
            return remoteStartId is { } number ? _asked.LastOrDefault(a => a.Number == number).CardId : null;
        }
    }
}
