using Voltwright.Cards;
using Voltwright.Jq;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>The local authorization list of 2.x.</summary>
internal static class ListCommands
{
    public static Task<CommandOutcome> SendListAsync(
        this Ocpp2Link link, StationCommand.SendCardList command, CancellationToken cancellation) => link.CallAsync(
        new SendLocalListRequest
        {
            VersionNumber = command.Version,
            UpdateType = command.Full ? UpdateType.Full : UpdateType.Differential,
            LocalAuthorizationList = command.Cards.Count > 0 ? [.. command.Cards.Select(EntryOf)] : null,
        },
        r => OcppLink.Judge(r.Status),
        cancellation);

    public static Task<CommandOutcome> ReadVersionAsync(this Ocpp2Link link, CancellationToken cancellation) => link.CallAsync(
        new GetLocalListVersionRequest(), r => new CommandOutcome.Accepted(JsonObject.Of(("version", r.VersionNumber))), cancellation);

    private static AuthorizationData EntryOf(ListedCard card) => new()
    {
        IdToken = IdTokens.Of(card.CardId),
        IdTokenInfo = card.Status switch
        {
            null => null,
            CardStatus.Blocked => IdTokens.InfoOf(CardDecision.Blocked, card.GroupId),
            CardStatus.Expired => IdTokens.InfoOf(CardDecision.Expired, card.GroupId),
            _ => IdTokens.InfoOf(CardDecision.Accepted, card.GroupId),
        },
    };
}
