using System.Diagnostics;

namespace Voltwright.EndToEnd.Exports;

/// <summary>A program of this machine that reads a kind of file.</summary>
internal sealed class Installed(string path, string package)
{
    /// <summary>Skips the test where it is not installed.</summary>
    public void Require() => Assert.SkipUnless(File.Exists(path), $"{Path.GetFileName(path)} is not installed: apt-get install {package}");

    /// <returns>What it wrote, and what it complained about.</returns>
    public async Task<(string Output, string Complaints)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (said[0], said[1]);
    }
}
