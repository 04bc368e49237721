using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary><c>import</c> and <c>include</c>: files found in the options' module paths.</summary>
internal sealed partial class Compiler
{
    private Scope? Imports(SourceFile file, Scope? scope, IReadOnlyList<string> parents)
    {
        foreach (var line in file.Imports)
        {
            if (options.ModulePaths is null)
                throw SyntaxErrors.At(source, line.Position, $"{(line.Name is null ? "include" : "import")} is not available here: modules are off");
            scope = line.IsData ? Data(line, scope, Importer(parents)) : Library(line, scope, parents);
        }

        return scope;
    }

    private ConstantScope Data(ImportLine line, Scope? scope, string? importer)
    {
        var file = ModuleFiles.Find(this, line, ".json", importer);
        var data = JsonArray.From(JsonText.ParseMany(File.ReadAllBytes(file)));
        return new ConstantScope(new ConstantScope(scope, line.Name!, data), $"{line.Name}::{line.Name}", data);
    }

    private Scope? Library(ImportLine line, Scope? scope, IReadOnlyList<string> parents)
    {
        var path = ModuleFiles.Find(this, line, ".jq", Importer(parents));
        if (parents.Contains(path))
            throw SyntaxErrors.At(source, line.Position, $"module import cycle: {path}");
        var file = ModuleFiles.Parse(path);
        if (file.Body is not null)
            throw SyntaxErrors.At(source, line.Position, $"library should only have function definitions, not a main expression: {path}");
        var inside = Imports(file, null, [.. parents, path]);
        foreach (var definition in file.Definitions)
        {
            inside = new FunctionScope(inside, definition, 0);
            scope = new FunctionScope(scope, definition, 0)
            {
                Alias = line.Name is null ? definition.Name : $"{line.Name}::{definition.Name}",
                Inside = inside,
            };
        }

        return scope;
    }

    private static string? Importer(IReadOnlyList<string> parents) => parents.Count > 0 ? parents[^1] : null;
}
