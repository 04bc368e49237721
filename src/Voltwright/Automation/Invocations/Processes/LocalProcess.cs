using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>
/// Runs a program in an empty temporary folder, with an environment that holds nothing of ours, in a process group of its own that does
/// not outlive the task.
/// </summary>
internal sealed class LocalProcess(ProcessOptions options, TimeProvider time)
{
    private const int Kill = 9;

    // The limit is set by a shell that then becomes the program: address space in KiB, no core files.
    private const string Launch = "ulimit -v \"$1\"; ulimit -c 0; shift; exec \"$@\"";

    /// <param name="command">The program and its arguments.</param>
    /// <param name="prepare">Writes what the program needs into its folder.</param>
    public async Task<ProcessResult> RunAsync(
        IReadOnlyList<string> command, ProcessRequest request, Action<string>? prepare, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-run-").FullName;
        try
        {
            prepare?.Invoke(folder);
            using var timeout = new CancellationTokenSource(options.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
            using var process = Start(command, request, folder);
            try
            {
                return await FinishAsync(process, request.Input, either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new InvocationException(
                    InvocationFailure.Timeout, $"'{command[0]}' was stopped after {options.Timeout.TotalSeconds:0.###} s, the operator's limit.");
            }
            finally
            {
                End(process);
            }
        }
        finally
        {
            Discard(folder);
        }
    }

    /// <summary>What <c>/bin/sh</c> has to be given to start a program within its limits.</summary>
    public static string[] LaunchArguments(ProcessOptions options, IReadOnlyList<string> command)
    {
        string[] group = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid"] : [];
        return ["-c", Launch, "sh", (options.Memory / 1024).ToString(CultureInfo.InvariantCulture), .. group, .. command];
    }

    public static Dictionary<string, string> EnvironmentOf(IReadOnlyDictionary<string, string> given, string folder)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = folder,
            ["TMPDIR"] = folder,
            ["LANG"] = "C.UTF-8",
        };
        foreach (var (name, value) in given)
            all[name] = value;
        return all;
    }

    private Process Start(IReadOnlyList<string> command, ProcessRequest request, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in LaunchArguments(options, command))
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentOf(request.Environment, folder))
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new InvocationException(InvocationFailure.Configuration, $"'{command[0]}' cannot be started on this server: {e.Message}", null, e);
        }
    }

    private async Task<ProcessResult> FinishAsync(Process process, string? input, CancellationToken cancellation)
    {
        var output = ReadAsync(process.StandardOutput.BaseStream, "standard output", cancellation);
        var error = ReadAsync(process.StandardError.BaseStream, "standard error", cancellation);
        var written = WriteAsync(process.StandardInput.BaseStream, input, cancellation);
        var exited = process.WaitForExitAsync(cancellation);
        // The first that fails ends the rest.
        await foreach (var finished in Task.WhenEach(output, error, exited).WithCancellation(cancellation))
            await finished;
        await written;
        return new ProcessResult(process.ExitCode, await output, await error);
    }

    private async Task<string> ReadAsync(Stream stream, string name, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (text.Length + read > options.LargestOutput)
                throw new InvocationException(InvocationFailure.Runtime, $"The process wrote more than {options.LargestOutput} bytes to {name}.");
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static async Task WriteAsync(Stream stream, string? input, CancellationToken cancellation)
    {
        try
        {
            await using (stream)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(input ?? ""), cancellation);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // A program need not read what it is given.
        }
    }

    // Children that a process left behind are in its group, even when it is gone itself.
    private static void End(Process process)
    {
        if (!OperatingSystem.IsWindows())
            _ = Signal(-process.Id, Kill);
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }

    private static void Discard(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left to the system's own tidying of temporary files.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
