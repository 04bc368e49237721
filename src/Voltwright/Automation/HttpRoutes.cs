namespace Voltwright.Automation;

/// <summary>Where the calls of workflows go: authorities that stand for other addresses, or for this very process.</summary>
public sealed class HttpRoutes
{
    // An address that the guard never lets anything reach.
    private static readonly Uri Nowhere = new("http://0.0.0.0:9");
    private readonly Dictionary<string, Uri> _map;
    private readonly HashSet<string> _allowed;
    private readonly string? _self;
    private readonly bool _closed;

    /// <param name="map">Authority (<c>https://host[:port]</c> or just <c>host[:port]</c>) → the address behind it.</param>
    /// <param name="allow">Authorities that may lead to addresses which are refused otherwise.</param>
    /// <param name="self">The authority that is answered in this process; a mapping of the same authority wins.</param>
    /// <param name="closed">Whether everything else is refused: nothing leaves this process that is not mapped or allowed.</param>
    public HttpRoutes(
        IReadOnlyDictionary<string, Uri>? map = null, IEnumerable<string>? allow = null, string? self = null, bool closed = false)
    {
        _closed = closed;
        _map = (map ?? new Dictionary<string, Uri>()).ToDictionary(m => Normal(m.Key), m => m.Value, StringComparer.OrdinalIgnoreCase);
        _allowed = (allow ?? []).Select(Normal).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _self = self is null ? null : Normal(self);
    }

    /// <summary>Where a request to that address really goes, and by which way.</summary>
    public HttpRoute Find(Uri uri)
    {
        var authority = $"{uri.Scheme}://{uri.Authority}";
        if (_map.TryGetValue(authority, out var target) || _map.TryGetValue(uri.Authority, out target))
            return new HttpRoute(Move(uri, target), HttpWay.Trusted);
        if (_self is not null && (Same(_self, authority) || Same(_self, uri.Authority)))
            return new HttpRoute(uri, HttpWay.InProcess);
        if (_allowed.Contains(authority) || _allowed.Contains(uri.Authority))
            return new HttpRoute(uri, HttpWay.Trusted);
        return new HttpRoute(_closed ? Move(uri, Nowhere) : uri, HttpWay.Guarded);
    }

    /// <summary>Lower case, without the scheme's own port and without a trailing slash, as <see cref="Uri.Authority"/> writes it.</summary>
    private static string Normal(string authority)
    {
        authority = authority.Trim().TrimEnd('/');
        return authority.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(authority, UriKind.Absolute, out var uri)
            ? $"{uri.Scheme}://{uri.Authority}"
            : authority;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static Uri Move(Uri uri, Uri target) =>
        new($"{target.Scheme}://{target.Authority}{target.AbsolutePath.TrimEnd('/')}{uri.PathAndQuery}");
}

public sealed record HttpRoute(Uri Uri, HttpWay Way);

public enum HttpWay
{
    /// <summary>Over the network, to public addresses only.</summary>
    Guarded,

    /// <summary>Over the network, wherever it leads: the operator named it.</summary>
    Trusted,

    /// <summary>Through the server's own pipeline, without a socket.</summary>
    InProcess,
}
