using System.CommandLine;
using Voltwright.Automation.Secrets;
using Voltwright.Jq;

namespace Voltwright.Cli.Commands;

/// <summary>Where the secrets of workflows come from.</summary>
internal static class SecretOptions
{
    private static readonly Option<string[]> Secret = new("--secret") { Description = "NAME=VALUE; a value that is JSON is taken as such." };

    private static readonly Option<string> Secrets = new("--secrets")
    {
        Description = $"A file with a mapping of names to secrets, or a folder with a file for each. {EnvironmentSecrets.Prefix}NAME works without.",
    };

    public static void AddTo(Command command)
    {
        command.Add(Secret);
        command.Add(Secrets);
    }

    public static ProvidedSecrets Read(ParseResult parsed)
    {
        var given = (parsed.GetValue(Secret) ?? []).Select(s => Options.Pair(s, "--secret")).ToDictionary(s => s.Name, s => SecretText.Read(s.Value));
        List<ISecretProvider> providers = [new GivenSecrets(given)];
        if (parsed.GetValue(Secrets) is { } path)
            providers.Add(Files(path));
        return new ProvidedSecrets([.. providers, new EnvironmentSecrets()]);
    }

    private static FileSecrets Files(string path)
    {
        try
        {
            return new FileSecrets(path);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--secrets: {e.Message}");
        }
    }

    private sealed class GivenSecrets(Dictionary<string, JsonValue> values) : ISecretProvider
    {
        public JsonValue? Find(string name) => values.TryGetValue(name, out var value) ? value : default(JsonValue?);
    }
}
