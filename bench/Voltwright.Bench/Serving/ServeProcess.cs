using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Voltwright.Bench.Serving;

/// <summary><c>voltwright serve</c> as a process of its own, to be killed and started again at the same ports.</summary>
/// <param name="executable">The program <c>voltwright</c>.</param>
public abstract class ServeProcess(string executable, string administratorKey, TimeSpan patience) : IDisposable
{
    private const int LinesKept = 200;

    private readonly ConcurrentQueue<string> _said = new();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    public int HttpPort { get; } = Ports.Free();

    public int MqttPort { get; } = Ports.Free();

    public Uri Address => new($"http://{Place.Address}:{HttpPort}");

    public int? ProcessId => _process?.Id;

    /// <summary>What this life of it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The last lines of its standard error, over all its lives.</summary>
    public string Said => string.Join('\n', _said);

    protected virtual ServePlace Place => ServePlace.Loopback;

    /// <summary>What follows the addresses.</summary>
    protected abstract IEnumerable<string> Arguments { get; }

    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    /// <summary>Returns when the server is ready.</summary>
    public async Task StartAsync()
    {
        string[] arguments = ["serve", "--urls", Address.ToString(), "--mqtt", $"{MqttPort}", .. Arguments];
        string[] command = [.. Place.Launcher, executable, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        start.Environment["VOLTWRIGHT_ADMIN_KEY"] = administratorKey;
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync())
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended by itself with code {_process.ExitCode}:\n{Said}");
            if (TimeProvider.System.GetElapsedTime(began) > patience)
                throw new TimeoutException($"The server was not ready within {patience.TotalSeconds} s:\n{Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Keep("--- killed ---");
        _process!.Kill();
        await EndedAsync();
    }

    /// <summary>SIGTERM, and until it has ended. Its exit code.</summary>
    public async Task<int> StopAsync()
    {
        Keep("--- told to stop ---");
        await SignalAsync("-TERM");
        return await EndedAsync();
    }

    /// <summary>SIGSTOP: it does nothing more, and does not know it.</summary>
    public Task FreezeAsync()
    {
        Keep("--- frozen ---");
        return SignalAsync("-STOP");
    }

    /// <summary>SIGCONT: it goes on where it was, with all it believed then.</summary>
    public Task WakeAsync()
    {
        Keep("--- woken ---");
        return SignalAsync("-CONT");
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        _probe.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync();
        var code = _process.ExitCode;
        Keep($"--- ended with {code} ---");
        _process.Dispose();
        _process = null;
        return code;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Address, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
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
}
