using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Voltwright.Bench.Serving;

/// <summary><c>voltwright serve</c> as a process of its own, with a data folder that is gone afterwards.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Says = "answers at ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    private ServerProcess(Process process, DirectoryInfo folder, bool ownsFolder, Uri address)
    {
        (_process, _folder, _ownsFolder) = (process, folder, ownsFolder);
        Http = new HttpClient { BaseAddress = address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public static string Key { get; } = Guid.NewGuid().ToString("N");

    public HttpClient Http { get; }

    public Uri Ocpp => new UriBuilder(Http.BaseAddress!) { Scheme = "ws", Path = "/ocpp" }.Uri;

    /// <summary>Memory that belongs to the process alone, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Bytes of the data folder.</summary>
    public long DataBytes => _folder.EnumerateFiles().Sum(file => file.Length);

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Returns when it says that it answers.</summary>
    /// <param name="folder">Kept afterwards; null: a new one.</param>
    public static async Task<ServerProcess> StartAsync(
        CancellationToken cancellation, DirectoryInfo? folder = null, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("voltwright-bench-");
        string[] arguments = ["serve", "--urls", "http://127.0.0.1:0", "--mqtt", "0", "--data", data.FullName, .. more];
        var start = StartInfo(arguments);
        start.Environment["VOLTWRIGHT_ADMIN_KEY"] = Key;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(cancellation).AsTask().WaitAsync(Patience, cancellation) is { } line)
        {
            said.AppendLine(line);
            if (!line.Contains(Says, StringComparison.Ordinal))
                continue;
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new ServerProcess(process, data, folder is null, new Uri(line.Split(Says)[1].Split([' ', ','])[0]));
        }

        throw new InvalidOperationException($"The server did not start: {said}");
    }

    /// <summary>How this very program is started again.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        string[] whole = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments;
        return new ProcessStartInfo(host, whole) { RedirectStandardError = true, RedirectStandardOutput = true };
    }

    public Task PostAsync(string path, string body, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, body, cancellation);

    public async Task<string> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>The server's metrics: the sum over all labels of each name.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MetricsAsync(CancellationToken cancellation)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in (await Http.GetStringAsync("/metrics", cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
                continue;
            var name = line[..line.IndexOfAny(['{', ' '])];
            var value = line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0];
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                sums[name] = sums.GetValueOrDefault(name) + number;
        }

        return sums;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_ownsFolder)
            _folder.Delete(recursive: true);
    }
}
