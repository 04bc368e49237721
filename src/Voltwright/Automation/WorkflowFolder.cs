using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Findings;

namespace Voltwright.Automation;

/// <summary>Finds workflows among the YAML and JSON files of a folder, by what their <c>document</c> says. Files are read when first asked for.</summary>
/// <param name="report">Told why a workflow that was found cannot run.</param>
/// <param name="loader">Gets what they have elsewhere; null: such workflows cannot run.</param>
public sealed class WorkflowFolder(string folder, Action<Finding> report, DefinitionLoader? loader = null)
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];
    private readonly Lazy<IReadOnlyList<Entry>> _files = new(() => Scan(folder));
    private readonly Dictionary<string, WorkflowProgram?> _programs = new(StringComparer.Ordinal);

    /// <param name="version">A semantic version, or <c>latest</c>.</param>
    public WorkflowProgram? Find(string @namespace, string name, string version)
    {
        var entry = _files.Value.Where(f => f.Id.Namespace == @namespace && f.Id.Name == name && (version == "latest" || f.Id.Version == version))
            .MaxBy(f => f.Id.Version, SemanticVersion.Order);
        if (entry is null)
            return null;
        if (!_programs.TryGetValue(entry.Path, out var program))
            _programs[entry.Path] = program = Load(entry);
        return program;
    }

    private static IReadOnlyList<Entry> Scan(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Where(IsCandidate).Order(StringComparer.Ordinal).Select(Read).OfType<Entry>()]
        : [];

    private static bool IsCandidate(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static Entry? Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            var document = WorkflowReader.ReadValue(text)["document"];
            return document["namespace"].TryGetString(out var space) && document["name"].TryGetString(out var name)
                && document["version"].TryGetString(out var version)
                ? new Entry(path, new WorkflowId(space, name, version), text) : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // Not a workflow: other files may lie beside them.
            return null;
        }
    }

    private WorkflowProgram? Load(Entry entry)
    {
        // The engine asks in the middle of a step, and there is nothing else to do meanwhile.
        var compilation = loader is null ? WorkflowProgram.Load(entry.Text, entry.Path, HostFeatures.All)
            : Task.Run(() => loader.LoadAsync(entry.Text, entry.Path, CancellationToken.None)).GetAwaiter().GetResult().Compilation;
        foreach (var finding in compilation.Findings.Where(f => f.Severity == FindingSeverity.Error))
            report(finding);
        return compilation.Program;
    }

    private sealed record Entry(string Path, WorkflowId Id, string Text);
}
