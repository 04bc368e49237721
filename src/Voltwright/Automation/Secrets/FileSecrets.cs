using Voltwright.Jq;
using Voltwright.Workflows;

namespace Voltwright.Automation.Secrets;

/// <summary>
/// Secrets in files: a YAML or JSON mapping of names to secrets, or a folder with a file for each, as container platforms mount them.
/// A folder is read anew each time: platforms exchange secrets while a server runs.
/// </summary>
public sealed class FileSecrets : ISecretProvider
{
    private readonly string? _folder;
    private readonly JsonObject _values = JsonObject.Empty;

    /// <exception cref="FormatException">The file is no mapping.</exception>
    /// <exception cref="IOException">There is no such file or folder.</exception>
    public FileSecrets(string path)
    {
        if (Directory.Exists(path))
            _folder = path;
        else if (WorkflowReader.ReadValue(File.ReadAllText(path)).TryGetObject(out var values))
            _values = values;
        else
            throw new FormatException($"'{path}' must be a mapping of names to secrets.");
    }

    public JsonValue? Find(string name)
    {
        if (_folder is null)
            return _values.TryGetValue(name, out var value) ? value : default(JsonValue?);
        if (name.AsSpan().ContainsAny('/', '\\') || name.StartsWith('.'))
            return null;
        var path = Path.Combine(_folder, name);
        return File.Exists(path) ? SecretText.Read(File.ReadAllText(path).TrimEnd('\r', '\n')) : default(JsonValue?);
    }
}
