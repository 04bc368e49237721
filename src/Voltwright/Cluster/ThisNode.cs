namespace Voltwright.Cluster;

/// <summary>This process among the others. A connection's id names the node that holds it, so that any node finds the socket.</summary>
public sealed class ThisNode(ILocalSiloDetails? silo = null)
{
    private const char At = '@';

    public SiloAddress? Address => silo?.SiloAddress;

    public string NewLinkId() => Address is { } address
        ? $"{Guid.NewGuid():N}{At}{address.ToParsableString()}" : Guid.NewGuid().ToString("N");

    /// <summary>The node that holds the connection; null when the id names none.</summary>
    public static SiloAddress? NodeOf(string linkId)
    {
        var at = linkId.IndexOf(At, StringComparison.Ordinal);
        if (at < 0)
            return null;
        try
        {
            return SiloAddress.FromParsableString(linkId[(at + 1)..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
