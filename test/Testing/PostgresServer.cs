using System.Diagnostics;
using Voltwright.Bench.Serving;

namespace Voltwright.Testing;

/// <summary>A real PostgreSQL server of its own on a free loopback port, in a temporary folder, gone afterwards.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "voltwright";
    private readonly TemporaryFolder _folder = new();
    private readonly string _programs;
    private readonly string _data;

    private PostgresServer(string programs)
    {
        (_programs, _data, Port) = (programs, Path.Combine(_folder.Path, "data"), Ports.Free());
        if (Environment.IsPrivilegedProcess)
            Run("chown", "nobody", _folder.Path);
        RunAsOwner("initdb", "-D", _data, "-U", User, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync");
        Start();
    }

    public int Port { get; }

    /// <summary>Where its Unix socket is: a host for who has another network.</summary>
    public string SocketFolder => _folder.Path;

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static string? FindPrograms() =>
        Environment.GetEnvironmentVariable("VOLTWRIGHT_TEST_POSTGRES") is { Length: > 0 } named ? named
        : Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb")))
                .OrderByDescending(d => d, StringComparer.Ordinal).FirstOrDefault()
            : null;

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static PostgresServer? TryStart() => FindPrograms() is { } programs ? new PostgresServer(programs) : null;

    /// <summary>A new, empty database.</summary>
    public string CreateDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        RunAsOwner("createdb", "-h", "127.0.0.1", "-p", $"{Port}", "-U", User, name);
        return $"Host=127.0.0.1;Port={Port};Username={User};Database={name}";
    }

    public void Start() => RunAsOwner(
        "pg_ctl", "-D", _data, "-w", "-l", Path.Combine(_folder.Path, "log"), "-o",
        $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder.Path} -c max_connections=200", "start");

    /// <param name="mode"><c>fast</c> ends connections, <c>immediate</c> is a crash.</param>
    public void Stop(string mode = "fast") => RunAsOwner("pg_ctl", "-D", _data, "-w", "-m", mode, "stop");

    public void Dispose()
    {
        try
        {
            Stop("immediate");
        }
        catch (InvalidOperationException)
        {
            // Stopped by the test already.
        }

        _folder.Dispose();
    }

    // PostgreSQL refuses to run as root.
    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", "nobody", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // Output goes to the server's log file: a server that inherits a pipe would keep it open.
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.StandardError.ReadToEnd()}");
    }
}
