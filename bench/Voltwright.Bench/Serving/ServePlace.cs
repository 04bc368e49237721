using System.Net;

namespace Voltwright.Bench.Serving;

/// <summary>Where a server runs.</summary>
/// <param name="Launcher">What starts it there; empty: it is started as it is.</param>
public sealed record ServePlace(IPAddress Address, IReadOnlyList<string> Launcher)
{
    public static ServePlace Loopback { get; } = new(IPAddress.Loopback, []);
}
