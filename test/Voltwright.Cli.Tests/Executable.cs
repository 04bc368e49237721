using System.Diagnostics;

namespace Voltwright.Cli.Tests;

/// <summary>The real executable, as a user or a script calls it.</summary>
internal static class Executable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "voltwright.exe" : "voltwright");

    public static Task<Ended> RunAsync(params string[] arguments) => FeedAsync("", arguments);

    /// <param name="input">What it finds on stdin.</param>
    public static async Task<Ended> FeedAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var messages = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"voltwright {string.Join(' ', arguments)} was still running after {Patience}.");
        }

        return new Ended(process.ExitCode, await output, await messages);
    }

    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Path, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["NO_COLOR"] = "1" },
    })!;
}

internal sealed record Ended(int ExitCode, string Output, string Messages);
