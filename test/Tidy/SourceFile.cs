using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Voltwright.Tidy;

/// <param name="Path">Relative to the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private SyntaxNode? _syntax;

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string[] Lines => Text.Split('\n');

    public string[] Folders => Path.Split('/')[..^1];

    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text).GetRoot();

    public static SourceFile Read(string root, string path) => new(path, File.ReadAllText(System.IO.Path.Combine(root, path)));

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    public Violation At(int line, string what) => new($"{Path}:{line}", what);
}

internal sealed record Violation(string Place, string What)
{
    public override string ToString() => $"{Place}: {What}";
}
