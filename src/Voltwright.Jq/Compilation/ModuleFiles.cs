using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary>Finds and reads modules on disk (jq manual, "Modules").</summary>
internal static class ModuleFiles
{
    /// <summary>A <c>search</c> in the import's metadata is relative to the importing file.</summary>
    public static string Find(Compiler compiler, ImportLine line, string extension, string? importer = null)
    {
        if (Path.IsPathRooted(line.Path) || line.Path.Split('/').Contains(".."))
            throw SyntaxErrors.At(compiler.Source, line.Position, $"Module path must stay inside the search list: {line.Path}");
        var origin = importer is null ? compiler.Options.ModulePaths is [var first, ..] ? first : "." : Path.GetDirectoryName(importer)!;
        var search = line.Metadata["search"];
        var folders = search.IsNull ? compiler.Options.ModulePaths!
            : search.TryGetArray(out var several) ? [.. several.Select(folder => Path.Combine(origin, folder.AsString()))]
            : [Path.Combine(origin, search.AsString())];
        var last = line.Path.Split('/')[^1];
        foreach (var folder in folders)
        {
            foreach (var candidate in new[] { line.Path + extension, Path.Combine(line.Path, last + extension) })
            {
                var path = Path.Combine(folder, candidate);
                if (File.Exists(path))
                    return path;
            }
        }

        throw SyntaxErrors.At(compiler.Source, line.Position, $"module not found: {line.Path}");
    }

    public static SourceFile Parse(string path) => Parser.Parse(File.ReadAllText(path));
}
