using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V21;

namespace Voltwright.Gateway.Ocpp;

/// <summary>A version of OCPP as it is spoken here: who serves a station's messages, and how commands are put to it.</summary>
/// <param name="Serve">The handlers of one connection.</param>
/// <param name="Link">The connection as the domain sees it.</param>
internal sealed record OcppEdition(
    OcppProtocol Protocol, Func<OcppStation, OcppHandler> Serve, Func<OcppStation, OcppPeer, Uri, OcppLink> Link)
{
    private static readonly OcppEdition[] All =
    [
        new(Ocpp16.Protocol, V16.Actions.For, (station, peer, server) => new OcppStationLink(station, peer, server)),
        new(Ocpp201.Protocol, V201.Actions.For, (station, peer, server) => new V201.Ocpp2Link(station, peer, server)),
        new(Ocpp21.Protocol, V21.Actions.For, (station, peer, server) => new V201.Ocpp2Link(station, peer, server)),
    ];

    /// <summary>The first that the station offers and we speak: its order is its preference (OCPP-J 2.0.1 §3.1.2). Null when there is none.</summary>
    public static OcppEdition? Choose(IEnumerable<string> offered) =>
        offered.Select(name => Array.Find(All, edition => edition.Protocol.Subprotocol == name)).FirstOrDefault(found => found is not null);
}
