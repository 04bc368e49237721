using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Crash;

/// <summary><c>voltwright serve</c> as a process of its own on one data folder, to be killed and started again at the same ports.</summary>
internal sealed class ServerProcess(string dataFolder, params string[] more) : IDisposable
{
    public const string AdministratorKey = "crash-test-administrator-key";
    private const int LinesKept = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly HttpClient _probe = new();
    private Process? _process;

    public int HttpPort { get; } = FreePort();

    public int MqttPort { get; } = FreePort();

    public Uri Address => new($"http://127.0.0.1:{HttpPort}");

    /// <summary>The last lines of its standard error, over all its lives.</summary>
    public string Said => string.Join('\n', _said);

    private static string Executable => Path.Combine(
        Repository.Root, "artifacts", "bin", "Voltwright.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "voltwright");

    /// <summary>Returns when the server is ready.</summary>
    public async Task StartAsync()
    {
        string[] arguments = ["serve", "--urls", Address.ToString(), "--data", dataFolder, "--mqtt", $"{MqttPort}", .. more];
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardError = true };
        start.Environment["VOLTWRIGHT_ADMIN_KEY"] = AdministratorKey;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync())
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended by itself with code {_process.ExitCode}:\n{Said}");
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"The server was not ready within {Patience.TotalSeconds} s:\n{Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Keep("--- killed ---");
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        _probe.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Address, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        while (_said.Count > LinesKept)
            _said.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
