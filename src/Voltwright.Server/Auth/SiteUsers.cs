using Voltwright.Stations;

namespace Voltwright.Server.Auth;

/// <summary>Who is restricted to a site: with the site gone, they would be restricted to nothing that can be seen, or to nothing at all.</summary>
internal sealed class SiteUsers(People people, ApiKeys keys)
{
    /// <summary>Why the site cannot be removed; null when nobody is restricted to it.</summary>
    public async Task<Refusal?> RefusalAsync(string siteId, CancellationToken cancellation)
    {
        var names = (await people.ListAsync(cancellation)).Where(p => p.Sites?.Contains(siteId) == true).Select(p => p.Name)
            .Concat((await keys.ListAsync(cancellation)).Where(k => k.Sites?.Contains(siteId) == true).Select(k => $"the key {k.Name}")).ToList();
        return names.Count == 0 ? null : new Refusal(
            RefusalKind.IllegalTransition, $"Restricted to site '{siteId}' are {string.Join(", ", names)}: give them other sites first.");
    }
}
