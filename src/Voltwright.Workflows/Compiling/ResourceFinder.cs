using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Resources;

namespace Voltwright.Workflows.Compiling;

/// <summary>Gives documents from elsewhere to the compiler, and notes those that are still to be had.</summary>
internal sealed partial class ResourceFinder(
    ProgramCompiler program, ReadingContext context, IReadOnlyDictionary<string, FetchedResource> fetched)
{
    private const string DefaultCatalog = "default";
    private readonly Dictionary<string, ResourceReference> _missing = new(StringComparer.Ordinal);

    public IReadOnlyList<ResourceReference> Missing => [.. _missing.Values];

    /// <summary>Whether a call names a function from elsewhere.</summary>
    public static bool IsElsewhere(string function) =>
        function.Contains('@', StringComparison.Ordinal) || function.Contains("://", StringComparison.Ordinal);

    /// <summary>Where that function is; null, with an error, when that cannot be said.</summary>
    public ResourceReference? Function(SourceNode function)
    {
        var name = function.Text!;
        if (name.Contains("://", StringComparison.Ordinal))
            return new ResourceReference(ResourceAddress.OfFunction(name), null, default, null);
        if (Cataloged().Match(name) is not { Success: true } parts)
        {
            context.Error(function, Rules.InvalidValue, $"'{name}' names no function of a catalog.", "write name:version@catalog");
            return null;
        }

        var catalogs = program.Definition.Use.Catalogs;
        var (catalog, called, version) = (parts.Groups[3].Value, parts.Groups[1].Value, parts.Groups[2].Value);
        if (catalogs.TryGetValue(catalog, out var endpoint))
            return Of(endpoint, root => ResourceAddress.InCatalog(root, called, version));
        if (catalog == DefaultCatalog)
            return new ResourceReference(ResourceAddress.InCatalog("", called, version), null, default, null);
        context.Error(function, Rules.UnknownReference, $"'use.catalogs' has no '{catalog}'.",
            Spelling.DidYouMean(catalog, catalogs.Keys.Append(DefaultCatalog)) ?? "define it in 'use.catalogs'");
        return null;
    }

    public ResourceReference? Of(EndpointDefinition endpoint, Func<string, string> address)
    {
        if (ExpressionText.IsMarked(endpoint.Uri.Text!))
        {
            context.Error(endpoint.Uri, Rules.Unsupported, "What a definition consists of cannot depend on an expression.", "write the address itself");
            return null;
        }

        var who = program.References.Authentication(endpoint.Authentication);
        return new ResourceReference(address(endpoint.Uri.Text!), who?.Scheme, who?.Properties?.ToJson() ?? default, who?.Secret?.Text);
    }

    /// <summary>Null while it is missing, and when it cannot be had.</summary>
    public string? Text(ResourceReference reference, SourceNode at)
    {
        if (!fetched.TryGetValue(reference.Address, out var found))
            _missing.TryAdd(reference.Address, reference);
        else if (found.Text is null)
            context.Error(at, Rules.UnresolvedResource, $"'{reference.Address}' cannot be had: {found.Problem}");
        return found?.Text;
    }

    [GeneratedRegex("^([^:@]+):([^:@]+)@([^@]+)$")]
    private static partial Regex Cataloged();
}
