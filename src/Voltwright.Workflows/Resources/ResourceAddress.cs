using System.Text.RegularExpressions;

namespace Voltwright.Workflows.Resources;

/// <summary>Where documents are (DSL, Catalogs): the file structure of catalogs, and the raw files behind the pages of Git hosts.</summary>
internal static partial class ResourceAddress
{
    private const string FileName = "function.yaml";

    /// <summary>The function of a catalog.</summary>
    /// <param name="root">The catalog's address; empty: the host's own.</param>
    public static string InCatalog(string root, string name, string version)
    {
        var path = $"functions/{name}/{version}/{FileName}";
        return root.Length == 0 ? path : Raw($"{root.TrimEnd('/')}/{path}");
    }

    /// <summary>The function at an address: a document, or a folder with one; <c>@</c> and a tag or branch may follow the page of a Git host.</summary>
    public static string OfFunction(string address)
    {
        var plain = address;
        if (VersionedPage().Match(address) is { Success: true } page)
            plain = $"https://github.com/{page.Groups["repository"].Value}/tree/{page.Groups["version"].Value}/{page.Groups["path"].Value}";
        return Raw(Document().IsMatch(plain) ? plain : $"{plain.TrimEnd('/')}/{FileName}");
    }

    /// <summary>The file itself, of a page that shows it.</summary>
    public static string Raw(string address)
    {
        if (GitHub().Match(address) is { Success: true } github)
        {
            var version = github.Groups["version"] is { Success: true } given ? given.Value : "main";
            var reference = VersionTag().IsMatch(version) ? $"refs/tags/{version}" : $"refs/heads/{version}";
            return $"https://raw.githubusercontent.com/{github.Groups["repository"].Value}/{reference}/{github.Groups["path"].Value}";
        }

        return GitLab().Replace(address, "${before}/-/raw/${after}");
    }

    [GeneratedRegex(@"^https://github\.com/(?<repository>[^/]+/[^/@]+)/(?<path>[^@]+)@(?<version>[^@/]+)$")]
    private static partial Regex VersionedPage();

    [GeneratedRegex(@"^https?://github\.com/(?<repository>[^/]+/[^/]+)/(?:(?:tree|blob)/(?<version>[^/]+)/)?(?<path>.+)$")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"^(?<before>https?://gitlab\.[^/]+/.+)/-/(?:tree|blob)/(?<after>.+)$")]
    private static partial Regex GitLab();

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+")]
    private static partial Regex VersionTag();

    [GeneratedRegex(@"\.(?:ya?ml|json)(?:\?.*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Document();
}
