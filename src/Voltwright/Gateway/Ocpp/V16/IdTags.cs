using Voltwright.Ocpp.V16.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class IdTags
{
    public const int Longest = 20;

    /// <param name="group">One that is too long for 1.6 is not told.</param>
    public static IdTagInfo InfoOf(CardDecision decision, string? group) => new()
    {
        ParentIdTag = ParentOf(group),
        Status = decision switch
        {
            CardDecision.Accepted => AuthorizationStatus.Accepted,
            CardDecision.Blocked => AuthorizationStatus.Blocked,
            CardDecision.Expired => AuthorizationStatus.Expired,
            CardDecision.ConcurrentSession => AuthorizationStatus.ConcurrentTx,
            _ => AuthorizationStatus.Invalid,
        },
    };

    public static string? ParentOf(string? group) => group?.Length <= Longest ? group : null;
}
