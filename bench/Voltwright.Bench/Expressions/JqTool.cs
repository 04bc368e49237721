using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Voltwright.Bench.Expressions;

/// <summary>Runs a program over a file as a process of its own and counts the processor time it took.</summary>
internal static class JqTool
{
    private const int Children = -1;

    /// <summary>The installed version, such as <c>jq-1.7.1</c>; null when there is none.</summary>
    public static string? Version()
    {
        try
        {
            using var process = Start("jq", ["--version"], true);
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return version;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Processor time of the process in milliseconds; its output goes nowhere.</summary>
    public static double Milliseconds(string program, IReadOnlyList<string> arguments, string input)
    {
        var before = ProcessorOfChildren();
        using var process = Start("/bin/sh", ["-c", "exec \"$0\" \"$@\" < \"$INPUT\" > /dev/null", program, .. arguments], false, input);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
        return ProcessorOfChildren() - before;
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, bool redirect, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = redirect };
        if (input is not null)
            start.Environment["INPUT"] = input;
        return Process.Start(start)!;
    }

    // Two times, each seconds and microseconds, open what the system reports of ended children.
    private static double ProcessorOfChildren()
    {
        var usage = new long[18];
        if (GetUsage(Children, usage) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return ((usage[0] + usage[2]) * 1000.0) + ((usage[1] + usage[3]) / 1000.0);
    }

    [DllImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
