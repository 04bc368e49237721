using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltwright.Tidy;

/// <summary>The house style, one rule a method: a file in, its violations out.</summary>
internal static partial class Rules
{
    private const int MaxFileLines = 400;
    private const int MaxTestFileLines = 600;
    private const int MaxMethodLines = 60;
    private const int MaxLineLength = 160;
    private const int MaxTestLineLength = 180;

    private static readonly string[] VagueEndings =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Impl", "Processor"];

    private static readonly string[] FoldersByKind = ["Interfaces", "Models", "Services", "Helpers", "Utils", "Common", "Enums", "Dtos"];

    public static IEnumerable<Violation> FileSize(SourceFile file)
    {
        var limit = file.Path.StartsWith("test/", StringComparison.Ordinal) ? MaxTestFileLines : MaxFileLines;
        if (file.Lines.Length > limit)
            yield return file.At(limit, $"{file.Lines.Length} lines; split by concept, {limit} is the most.");
    }

    public static IEnumerable<Violation> LineLength(SourceFile file)
    {
        // A row of test data may be a little longer.
        var limit = file.Path.StartsWith("test/", StringComparison.Ordinal) ? MaxTestLineLength : MaxLineLength;
        return file.Lines.Index().Where(l => l.Item.Length > limit && !l.Item.Contains("\"\"\"", StringComparison.Ordinal))
            .Select(l => file.At(l.Index + 1, $"{l.Item.Length} characters; {limit} is the most."));
    }

    public static IEnumerable<Violation> MethodSize(SourceFile file) =>
        from method in file.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        where method.Body is not null
        let span = method.Body!.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line - 1
        where lines > MaxMethodLines
        select file.At(SourceFile.LineOf(method), $"a method of {lines} lines; {MaxMethodLines} is the most.");

    public static IEnumerable<Violation> Names(SourceFile file)
    {
        foreach (var type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
        {
            var name = type.Identifier.ValueText;
            var ending = VagueEndings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal));
            if (ending is not null)
                yield return file.At(SourceFile.LineOf(type), $"'{name}' ends in '{ending}', which names no concept.");
        }
    }

    public static IEnumerable<Violation> Folders(SourceFile file) =>
        file.Folders.Intersect(FoldersByKind).Select(f => file.At(1, $"folder '{f}' groups by kind; a folder is a concept."));

    /// <summary>The namespace is the project's root and the folders below it, so that a name tells the place.</summary>
    public static IEnumerable<Violation> Namespace(SourceFile file)
    {
        if (file.Folders is not ["src" or "bench", var project, .. var below])
            yield break;
        var declared = file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        if (declared is null)
            yield break;
        // A library's vocabulary may stay in its root namespace; nothing may claim another folder's.
        string[] allowed = [.. Enumerable.Range(0, below.Length + 1).Select(n => string.Join('.', below[..n].Prepend(project)))];
        if (!allowed.Contains(declared.Name.ToString()))
            yield return file.At(SourceFile.LineOf(declared), $"namespace {declared.Name} does not match the folder ({allowed[^1]}).");
    }

    public static IEnumerable<Violation> SealedClasses(SourceFile file) =>
        from type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type is ClassDeclarationSyntax || type is RecordDeclarationSyntax { ClassOrStructKeyword.ValueText: not "struct" }
        where !type.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
        where !(type.Modifiers.Any(SyntaxKind.PartialKeyword) && type.Identifier.ValueText == "Program")
        where !type.Modifiers.Any(SyntaxKind.PartialKeyword) || type.BaseList is not null
        select file.At(SourceFile.LineOf(type), $"class '{type.Identifier.ValueText}' is neither sealed, static nor abstract.");

    public static IEnumerable<Violation> Unfinished(SourceFile file) =>
        from line in file.Lines.Index()
        let found = UnfinishedWork().Match(line.Item)
        where found.Success
        select file.At(line.Index + 1, $"'{found.Value}': finish it or delete it.");

    public static IEnumerable<Violation> TestNames(SourceFile file) =>
        from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory" or "Property")
        where method.Identifier.ValueText.Split('_').Length < 3
        select file.At(SourceFile.LineOf(method), $"test '{method.Identifier.ValueText}' is not named Subject_Situation_Outcome.");

    public static IEnumerable<Violation> OnePublicType(SourceFile file)
    {
        var types = file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(t => t.Parent is BaseNamespaceDeclarationSyntax && t.Modifiers.Any(SyntaxKind.PublicKeyword))
            .ToArray();
        // A closed family of small records or enums reads better together than in a dozen files.
        var large = types.Where(t => t is ClassDeclarationSyntax or StructDeclarationSyntax && t.GetText().Lines.Count > 60).ToArray();
        if (large.Length > 1)
            yield return file.At(SourceFile.LineOf(large[1]), $"a second large public type, '{large[1].Identifier.ValueText}'; give it a file.");
    }

    // Built from parts, so that this file does not find itself.
    [GeneratedRegex("\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bHA" + "CK\\b|NotImplemented" + "Exception|Skip *= *\"")]
    private static partial Regex UnfinishedWork();
}
