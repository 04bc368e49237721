using System.CommandLine;
using Voltwright.Cli.Commands;

namespace Voltwright.Cli;

/// <summary>The one executable. Results go to stdout, messages to stderr; exit codes are those of <see cref="ExitCode"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Voltwright: charging stations whose behaviour is a workflow.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            CheckCommand.Create(),
            RunCommand.Create(),
            ShowCommand.Create(),
            EvalCommand.Create(),
            SimulateCommand.Create(),
            BenchCommand.Create(),
            BackupCommand.Create(),
            BackupCommand.CreateRestore(),
            BackupCommand.CreateMigrate(),
            ScaleCommand.Create(),
        };
        var parsed = root.Parse(EvalCommand.JoinPairs(args));
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(Ending(parsed));
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"voltwright: {error.Message}");
        await Console.Error.WriteLineAsync($"Try 'voltwright {string.Concat(Path(parsed.CommandResult))}--help'.");
        return ExitCode.Unusable;
    }

    /// <summary>
    /// Two seconds after they are told to end, commands are cut off. The server is not: it hears the signal itself, and hands over what it
    /// does first, which takes as long as <c>--drain</c> says and longer.
    /// </summary>
    private static InvocationConfiguration Ending(ParseResult parsed)
    {
        var ending = new InvocationConfiguration();
        if (parsed.CommandResult.Command.Name == ServeCommand.Name)
            ending.ProcessTerminationTimeout = null;
        return ending;
    }

    private static IEnumerable<string> Path(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? [.. Path(parent), command.Command.Name + " "] : [];
}
