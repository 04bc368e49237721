namespace Voltwright.Gateway;

/// <summary>What the node that holds a station's connection knows of it.</summary>
/// <param name="Silence">Time since the station last said something; null where that is not known.</param>
/// <param name="ServerAddress">How the station reaches this server by HTTP: what it dialled. Null where that says nothing.</param>
[GenerateSerializer, Immutable]
public sealed record LinkFacts(TimeSpan? Silence, Uri? ServerAddress)
{
    public static LinkFacts Of(IStationLink link) => new(link.Silence, link.ServerAddress);
}
