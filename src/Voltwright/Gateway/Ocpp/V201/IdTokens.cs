using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Cards as 2.x writes them: with a type that tells what kind of token an id is of.</summary>
internal static class IdTokens
{
    /// <summary>A start button presents no id: an operator lets it charge by registering a card of this name.</summary>
    public static string CardOf(IdToken token) => token.Value.Length > 0 ? token.Value : token.Type;

    /// <summary>Ids of 4, 7 or 10 bytes in hexadecimal are those of cards; others were given by us.</summary>
    public static IdToken Of(string cardId) => new()
    {
        Value = cardId,
        Type = cardId.Length is 8 or 14 or 20 && cardId.All(char.IsAsciiHexDigit) ? nameof(IdTokenType.ISO14443) : nameof(IdTokenType.Central),
    };

    public static IdToken? GroupOf(string? group) =>
        group is null ? null : new IdToken { Value = group, Type = nameof(IdTokenType.Central) };

    public static IdTokenInfo InfoOf(CardDecision decision, string? group) => new()
    {
        GroupIdToken = GroupOf(group),
        Status = decision switch
        {
            CardDecision.Accepted => AuthorizationStatus.Accepted,
            CardDecision.Blocked => AuthorizationStatus.Blocked,
            CardDecision.Expired => AuthorizationStatus.Expired,
            CardDecision.ConcurrentSession => AuthorizationStatus.ConcurrentTx,
            _ => AuthorizationStatus.Unknown,
        },
    };
}
