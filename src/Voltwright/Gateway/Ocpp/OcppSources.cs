using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.SmartCharging;

namespace Voltwright.Gateway.Ocpp;

/// <summary>What handlers of messages ask beside the station itself.</summary>
/// <param name="Cards">What is known of a card; null when it is not known.</param>
/// <param name="Plans">Who makes offers to vehicles; null where nobody does.</param>
/// <param name="Ocsp">Who asks the responders of certificate authorities; null where nobody does.</param>
/// <param name="Contracts">Where vehicles have their contract certificates from; null where no pool is connected.</param>
public sealed record OcppSources(
    Func<string, Task<Card?>> Cards, VehiclePlans? Plans = null, OcspClient? Ocsp = null, V201.ContractPool? Contracts = null)
{
    public static OcppSources None { get; } = new(_ => Task.FromResult<Card?>(null));
}
