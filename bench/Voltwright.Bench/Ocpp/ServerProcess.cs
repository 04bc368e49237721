using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Voltwright.Bench.Ocpp;

/// <summary>The whole server in a process of its own, so that its memory is its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Key = "key-of-the-benchmark";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ServerProcess(Process process, DirectoryInfo folder, Uri address)
    {
        (_process, _folder) = (process, folder);
        Http = new HttpClient { BaseAddress = address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        EndPoint = new IPEndPoint(IPAddress.Loopback, address.Port);
    }

    public HttpClient Http { get; }

    public IPEndPoint EndPoint { get; }

    public double MemoryMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="executable">The program <c>voltwright</c>.</param>
    public static async Task<ServerProcess> StartAsync(string executable, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        var workflows = folder.CreateSubdirectory("no-workflows");
        string[] arguments =
        [
            "serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(folder.FullName, "data"), "--workflows", workflows.FullName, "--mqtt", "0",
        ];
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["VOLTWRIGHT_ADMIN_KEY"] = Key;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            said.AppendLine(line);
            if (line.Split(' ').FirstOrDefault(w => w.StartsWith("http://", StringComparison.Ordinal)) is { } address)
            {
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return new ServerProcess(process, folder, new Uri(address.TrimEnd(',')));
            }
        }

        throw new InvalidOperationException($"The server did not start: {said}");
    }

    public async Task RegisterAsync(string id, CancellationToken cancellation)
    {
        // Profile 0: hashing ten thousand secrets would take longer than all that is measured here.
        var station = new { id, protocol = "ocpp1.6", slots = 1, securityProfile = 0 };
        using var answer = await Http.PostAsJsonAsync("/api/v2/stations", station, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
