using System.CommandLine;
using System.Globalization;
using System.Xml;

namespace Voltwright.Cli.Commands;

/// <summary>How options are written that several commands share.</summary>
internal static class Options
{
    /// <summary>Runs a command's work and turns what cannot be used into a message and exit code 2.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (UsageException e)
            {
                await Console.Error.WriteLineAsync($"voltwright {command.Name}: {e.Message}");
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    /// <summary><c>30s</c>, <c>5m</c>, <c>2h</c>, <c>250ms</c> or ISO 8601 (<c>PT5M</c>).</summary>
    public static TimeSpan Duration(string text)
    {
        (string Suffix, double Seconds)[] units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];
        foreach (var (suffix, seconds) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return TimeSpan.FromSeconds(amount * seconds);
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            throw new UsageException($"'{text}' is no duration; write 30s, 5m or PT5M.");
        }
    }

    public static (string Name, string Value) Pair(string text, string option)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        return split > 0 ? (text[..split], text[(split + 1)..]) : throw new UsageException($"{option} '{text}' is not written NAME=VALUE.");
    }

    /// <summary><c>https://petstore.example=http://127.0.0.1:9000</c>.</summary>
    public static (string Authority, Uri Address) Mapping(string text)
    {
        var (authority, address) = Pair(text, "--map");
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? (authority, uri) : throw new UsageException($"--map '{text}': '{address}' is no URL.");
    }

    /// <summary>A file's text, or stdin's for <c>-</c>.</summary>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        if (path == "-")
            return await Console.In.ReadToEndAsync(cancellation);
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read '{path}': {e.Message}");
        }
    }
}
