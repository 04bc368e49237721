extern alias parser;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Voltwright.Workflows.Runs;
using ParsedSet = parser::Google.Protobuf.Reflection.FileDescriptorSet;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>Descriptors from the text of <c>.proto</c> files.</summary>
internal static partial class ProtoText
{
    private const int MostFiles = 200;
    private const string Main = "main.proto";

    /// <param name="import">Reads what a file imports; Google's well-known types are not asked for.</param>
    public static async Task<IReadOnlyList<FileDescriptor>> ParseAsync(string text, Func<string, Task<string>> import)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { [Main] = text };
        var ahead = new Queue<string>(ImportsOf(text));
        while (ahead.TryDequeue(out var name))
        {
            if (files.ContainsKey(name) || name.StartsWith("google/protobuf/", StringComparison.Ordinal))
                continue;
            if (files.Count == MostFiles)
                throw new InvocationException(InvocationFailure.Configuration, $"The proto imports more than {MostFiles} files.");
            files[name] = await import(name);
            foreach (var next in ImportsOf(files[name]))
                ahead.Enqueue(next);
        }

        return Build(files);
    }

    public static IReadOnlyList<FileDescriptor> Build(FileDescriptorSet set)
    {
        var ordered = new List<ByteString>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var byName = set.File.GroupBy(f => f.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var file in set.File)
            Add(file);
        return FileDescriptor.BuildFromByteStrings(ordered);

        void Add(FileDescriptorProto file)
        {
            if (!seen.Add(file.Name))
                return;
            foreach (var dependency in file.Dependency)
            {
                if (byName.TryGetValue(dependency, out var needed))
                    Add(needed);
            }

            ordered.Add(file.ToByteString());
        }
    }

    private static IReadOnlyList<FileDescriptor> Build(Dictionary<string, string> files)
    {
        var set = new ParsedSet { FileSystem = new Folder(files) };
        set.AddImportPath("");
        set.Add(Main, true, new StringReader(files[Main]));
        set.Process();
        if (set.GetErrors().FirstOrDefault(e => e.IsError) is { } error)
        {
            throw new InvocationException(
                InvocationFailure.Configuration, $"The proto has an error in line {error.LineNumber}, column {error.ColumnNumber}: {error.Message}.");
        }

        using var bytes = new MemoryStream();
        set.Serialize(ParsedSet.Serializer, bytes, true);
        return Build(FileDescriptorSet.Parser.ParseFrom(bytes.ToArray()));
    }

    private static IEnumerable<string> ImportsOf(string text) => Import().Matches(text).Select(m => m.Groups[1].Value);

    [GeneratedRegex("""^\s*import\s+(?:public\s+|weak\s+)?["']([^"']+)["']\s*;""", RegexOptions.Multiline)]
    private static partial Regex Import();

    private sealed class Folder(Dictionary<string, string> files) : parser::Google.Protobuf.Reflection.IFileSystem
    {
        public bool Exists(string path) => files.ContainsKey(Name(path));

        public TextReader OpenText(string path) => new StringReader(files[Name(path)]);

        private static string Name(string path) => path.Replace('\\', '/').TrimStart('/');
    }
}
