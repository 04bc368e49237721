using Voltwright.Cards;
using Voltwright.Jq;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>The local authorisation list of 1.6. Cards whose id is too long for an idTag cannot be in it.</summary>
internal static class ListCommands
{
    public static Task<CommandOutcome> SendListAsync(
        this OcppStationLink link, StationCommand.SendCardList command, CancellationToken cancellation) => link.CallAsync(
        new SendLocalListRequest
        {
            ListVersion = command.Version,
            UpdateType = command.Full ? UpdateType.Full : UpdateType.Differential,
            LocalAuthorizationList = [.. command.Cards.Where(c => c.CardId.Length <= IdTags.Longest).Select(EntryOf)],
        },
        r => r.Status switch
        {
            UpdateStatus.Accepted => OcppStationLink.Accept(r.Status),
            UpdateStatus.NotSupported => new CommandOutcome.Unsupported("The station has no local list."),
            _ => new CommandOutcome.Rejected($"The station answered {r.Status}."),
        },
        cancellation);

    public static Task<CommandOutcome> ReadVersionAsync(this OcppStationLink link, CancellationToken cancellation) => link.CallAsync(
        new GetLocalListVersionRequest(), r => new CommandOutcome.Accepted(JsonObject.Of(("version", r.ListVersion))), cancellation);

    private static AuthorizationData EntryOf(ListedCard card) => new()
    {
        IdTag = card.CardId,
        IdTagInfo = card.Status switch
        {
            null => null,
            CardStatus.Blocked => IdTags.InfoOf(CardDecision.Blocked, card.GroupId),
            CardStatus.Expired => IdTags.InfoOf(CardDecision.Expired, card.GroupId),
            _ => IdTags.InfoOf(CardDecision.Accepted, card.GroupId),
        },
    };
}
