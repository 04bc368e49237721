using Voltwright.Ocpp.V16.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class IdTags
{
    public static IdTagInfo InfoOf(CardDecision decision) => new()
    {
        Status = decision switch
        {
            CardDecision.Accepted => AuthorizationStatus.Accepted,
            CardDecision.Blocked => AuthorizationStatus.Blocked,
            CardDecision.Expired => AuthorizationStatus.Expired,
            CardDecision.ConcurrentSession => AuthorizationStatus.ConcurrentTx,
            _ => AuthorizationStatus.Invalid,
        },
    };
}
