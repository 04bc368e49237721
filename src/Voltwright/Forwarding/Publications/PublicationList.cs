namespace Voltwright.Forwarding.Publications;

/// <summary>The publications that the operator configured; the same on every node.</summary>
public sealed class PublicationList(IReadOnlyList<Publication> all)
{
    public IReadOnlyList<Publication> All => all;

    public Publication? Find(string name) => all.FirstOrDefault(p => p.Name == name);
}
