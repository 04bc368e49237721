using System.Net;
using System.Net.Sockets;

namespace Voltwright.Automation;

/// <summary>
/// Which addresses a workflow may reach without being told to: the public internet, and nothing that stands behind a firewall.
/// </summary>
public static class AddressPolicy
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",

            // A metadata service in a public range (Azure's wire server).
            "168.63.129.16/32",
            "::/127", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsPublic(IPAddress address)
    {
        address = Unwrap(address);
        return !Refused.Any(network => network.Contains(address));
    }

    // An IPv4 address in IPv6 clothes is judged by what it is.
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        if (bytes.AsSpan(0, 12).SequenceEqual(nat64))
            return new IPAddress(bytes.AsSpan(12));
        var is6To4 = bytes[0] == 0x20 && bytes[1] == 0x02;
        return is6To4 ? new IPAddress(bytes.AsSpan(2, 4)) : address;
    }
}

/// <summary>The operator does not let workflows reach that address.</summary>
public sealed class RefusedAddressException(string authority, IPAddress address)
    : Exception($"{authority} leads to {address}, which workflows may reach only when the operator maps or allows {authority}.")
{
    /// <summary>The refusal that is somewhere inside an error; libraries wrap it in their own.</summary>
    public static RefusedAddressException? In(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is RefusedAddressException refused)
                return refused;
        }

        return null;
    }
}
