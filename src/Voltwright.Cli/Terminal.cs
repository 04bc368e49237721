using Spectre.Console;

namespace Voltwright.Cli;

internal static class Terminal
{
    private const int Unwrapped = 10_000;

    /// <summary>Standard output for people: colours on a terminal; plain, unwrapped lines when piped or with NO_COLOR.</summary>
    public static IAnsiConsole Results { get; } = Create();

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = Unwrapped;
        return console;
    }
}
