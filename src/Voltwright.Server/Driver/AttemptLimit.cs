using System.Net;
using System.Net.Sockets;
using Voltwright.Server.Auth;

namespace Voltwright.Server.Driver;

/// <summary>
/// Bounds how many cards can be tried: from one address, and at one station whoever asks. An attempt counts before it is looked at, so that
/// asking all at once wins nothing; a card that was right counts at the station only, since many phones can share an address.
/// </summary>
public sealed class AttemptLimit(TimeProvider time)
{
    public const int FromOneAddress = 12;
    public const int AtOneStation = 40;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly FailureLimit _addresses = new(time, FromOneAddress + 1, Window);
    private readonly FailureLimit _stations = new(time, AtOneStation + 1, Window);

    /// <summary>How long to wait before the next attempt; zero when this one may be made.</summary>
    public TimeSpan Take(IPAddress? address, string stationId)
    {
        var caller = NetworkOf(address);
        _addresses.Note(caller);
        if (_addresses.WaitFor(caller) is var wait && wait > TimeSpan.Zero)
            return wait;
        _stations.Note(stationId);
        return _stations.WaitFor(stationId);
    }

    public void WasRight(IPAddress? address) => _addresses.Forgive(NetworkOf(address));

    // One household has 2^64 addresses of IPv6.
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => $"{address.MapToIPv4()}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => $"{address}",
    };
}
