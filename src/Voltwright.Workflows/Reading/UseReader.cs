using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads what a definition names for reuse.</summary>
internal sealed class UseReader(ReadingContext context, TaskReader tasks)
{
    private readonly PartReader _parts = new(context);

    public ReusableDefinitions Read(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "'use'") is not { } use)
            return ReusableDefinitions.None;
        var result = new ReusableDefinitions(
            Named(use.Mapping("authentications"), m => _parts.Authentication(m.Value, mayUse: false)),
            Named(use.Mapping("errors"), m => _parts.Error(m.Value)),
            Extensions(use.Sequence("extensions")),
            Named(use.Mapping("functions"), m => tasks.Task(m, JsonPointer.Append("/use/functions", m.Name))),
            Named(use.Mapping("retries"), m => _parts.Retry(m.Value)),
            [.. Secrets(use.Sequence("secrets"))],
            Named(use.Mapping("timeouts"), m => _parts.Timeout(m.Value)),
            Named(use.Mapping("catalogs"), Catalog));
        use.Close();
        return result;
    }

    private static Dictionary<string, T> Named<T>(SourceNode? node, Func<SourceMember, T?> read)
        where T : class
    {
        var result = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var member in node?.Members ?? [])
        {
            if (read(member) is { } value)
                result[member.Name] = value;
        }

        return result;
    }

    private IEnumerable<string> Secrets(SourceNode? list)
    {
        foreach (var item in list?.Items ?? [])
        {
            if (item.Text is { } name)
                yield return name;
            else
                context.Error(item, Rules.WrongType, $"A secret is named by a string, not {ObjectReader.Describe(item)}.");
        }
    }

    private EndpointDefinition? Catalog(SourceMember member)
    {
        if (ObjectReader.Open(context, member.Value, $"Catalog '{member.Name}'") is not { } catalog)
            return null;
        var endpoint = _parts.Endpoint(catalog.Any("endpoint", required: true));
        catalog.Close();
        return endpoint;
    }

    private List<ExtensionDefinition> Extensions(SourceNode? list)
    {
        var result = new List<ExtensionDefinition>();
        var index = 0;
        foreach (var item in list?.Items ?? [])
        {
            var position = index++;
            if (item.Members is not { Count: 1 })
            {
                context.Error(item, Rules.InvalidValue, "An entry of 'extensions' is one name with one extension.");
                continue;
            }

            var (name, node) = (item.Members[0].Name, item.Members[0].Value);
            if (ObjectReader.Open(context, node, $"Extension '{name}'") is not { } extension)
                continue;
            var pointer = JsonPointer.Append("/use/extensions", position, name);
            var extend = extension.Choice("extend", required: true,
                "call", "composite", "emit", "for", "listen", "raise", "run", "set", "switch", "try", "wait", "all");
            var when = extension.Text("when");
            var before = extension.Sequence("before") is { } first ? tasks.List(first, $"{pointer}/before") : null;
            var after = extension.Sequence("after") is { } last ? tasks.List(last, $"{pointer}/after") : null;
            extension.Close();
            if (extend?.Text is { } kind)
                result.Add(new ExtensionDefinition(node, name, kind, when, before, after));
        }

        return result;
    }
}
