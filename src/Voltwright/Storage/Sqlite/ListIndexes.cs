using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Voltwright.Storage.Sqlite;

/// <summary>The properties of listed states that have an index, as the schema says.</summary>
internal sealed partial class ListIndexes
{
    private readonly FrozenSet<(string Kind, string Path)> _known;

    private ListIndexes(IEnumerable<(string Kind, string Path)> known) => _known = known.ToFrozenSet();

    public static ListIndexes Of(SqliteSession session)
    {
        var found = new List<(string, string)>();
        var read = session["SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'streams' AND sql IS NOT NULL"];
        while (read.Step())
        {
            if (Definition().Match(read.Text(0)!) is { Success: true } match)
                found.Add((match.Groups["kind"].Value, match.Groups["path"].Value));
        }

        return new ListIndexes(found);
    }

    public bool Has(string kind, string path) => _known.Contains((kind, path));

    [GeneratedRegex(@"json_extract\(body, '\$\.(?<path>[^']+)'\)\) WHERE kind = '(?<kind>[^']+)'")]
    private static partial Regex Definition();
}
