using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Maintenance;

/// <summary>
/// Logs and diagnostics of stations, sent by HTTP to an address that only the station knows, that ends, and that takes no more than
/// it should.
/// </summary>
public sealed class LogTransfers(
    IStore store, CommandDesk desk, StationRoutes routes, Membership membership, ReceivedFilesClient others, TransactionNumbers numbers,
    GatewayOptions gateway, MaintenanceOptions options, TimeProvider clock)
{
    private const string KindOfStream = "log";
    private const int ReadAtOnce = 256 * 1024;
    private const int LongestName = 100;

    public async Task<Outcome<LogTransfer>> AskAsync(
        string stationId, string kind, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation)
    {
        if (kind is not ("diagnostics" or "security"))
            return new Refusal(RefusalKind.Invalid, "kind must be diagnostics or security.");
        if (await store.LoadAsync($"station/{stationId}", cancellation) is null)
            return new Refusal(RefusalKind.NotFound, $"Station {stationId} is not registered.");
        if ((gateway.PublicAddress ?? (await routes.DescribeAsync(stationId))?.ServerAddress) is not { } address)
            return CommandDesk.RefusalOf(stationId, new CommandOutcome.Offline());

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var now = clock.GetUtcNow();
        var transfer = new LogTransfer(
            $"l-{Guid.CreateVersion7(now):N}", stationId, kind, await numbers.NextAsync(), "asked", HashOf(secret), now, now + options.UploadWindow,
            options.MaxUploadBytes, []);
        await store.CommitAsync(new Commit { Writes = [Write(0, transfer)] }, cancellation);
        var target = new Uri(address, $"/uploads/{transfer.Id}/{secret}");
        var asked = await desk.SendAsync(stationId, new StationCommand.FetchLog(transfer.RequestId, kind, target, from, to), cancellation);
        if (asked is CommandOutcome.Accepted { Answer: var answer })
        {
            var name = answer["fileName"].TryGetString(out var announced) ? announced : null;
            return (await ChangeAsync(transfer.Id, known => known with { AnnouncedName = name }, cancellation))!;
        }

        await ChangeAsync(transfer.Id, known => known with { Status = "refused", Problem = CommandDesk.Reason(asked) }, cancellation);
        return CommandDesk.RefusalOf(stationId, asked);
    }

    public async ValueTask<LogTransfer?> FindAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync($"{KindOfStream}/{id}", cancellation) is { } stored ? Read(stored.Body) : null;

    /// <summary>The transfer that this secret is for, while its address is open.</summary>
    public async Task<LogTransfer?> OpenAsync(string id, string secret, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { IsFull: false } known && known.ExpiresAt > clock.GetUtcNow()
            && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(HashOf(secret)), Convert.FromHexString(known.TokenHash))
            ? known
            : null;

    /// <summary>Keeps what the station sends. Null when it is more than allowed: nothing of it is kept then.</summary>
    public async Task<LogTransfer?> ReceiveAsync(LogTransfer transfer, string? name, Stream content, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, transfer.Id));
        var kept = string.Create(CultureInfo.InvariantCulture, $"{transfer.Files.Length + 1}-{SafeName(name)}");
        var path = Path.Combine(folder.FullName, kept);
        if (await CopyAsync(content, path, transfer.MaxBytes, cancellation) is not var (bytes, hash))
            return null;
        var file = new LogFile(kept, bytes, hash, clock.GetUtcNow());
        return await ChangeAsync(
            transfer.Id, known => known with { Files = known.Files.Add(file), Status = known.Status is "uploaded" ? known.Status : "received" }, cancellation);
    }

    /// <summary>What copies a received file, from whichever node has it; null when no node in service has one of that name.</summary>
    public async Task<Func<Stream, CancellationToken, Task>?> FindFileAsync(LogTransfer transfer, string name)
    {
        if (!transfer.Files.Any(f => f.Name == name))
            return null;
        if (options.FileOf(transfer.Id, name) is { Exists: true } here)
        {
            return async (to, cancellation) =>
            {
                await using var content = here.OpenRead();
                await content.CopyToAsync(to, cancellation);
            };
        }

        foreach (var node in membership.Others)
        {
            if (await LengthAtAsync(node, transfer.Id, name) is { } length)
                return (to, cancellation) => CopyAsync(node, transfer.Id, name, length, to, cancellation);
        }

        return null;
    }

    /// <param name="requestId">Null where the version has no word for it: it is about the newest transfer then.</param>
    public async Task ReportedAsync(string stationId, int? requestId, string status, CancellationToken cancellation = default)
    {
        if (status == "idle")
            return;
        var newest = await store.ListAsync(KindOfStream, [("stationId", stationId)], 20, null, cancellation);
        if (newest.Items.Select(s => Read(s.Body)).FirstOrDefault(t => requestId is null || t.RequestId == requestId) is { } transfer)
            await ChangeAsync(transfer.Id, known => known with { Status = status }, cancellation);
    }

    private async Task<LogTransfer?> ChangeAsync(string id, Func<LogTransfer, LogTransfer> change, CancellationToken cancellation)
    {
        while (await store.LoadAsync($"{KindOfStream}/{id}", cancellation) is { } stored)
        {
            var next = change(Read(stored.Body));
            try
            {
                await store.CommitAsync(new Commit { Writes = [Write(stored.Version, next)] }, cancellation);
                return next;
            }
            catch (StaleVersionException)
            {
                // Decide anew on what the other writer left.
            }
        }

        return null;
    }

    private async Task<long?> LengthAtAsync(SiloAddress node, string transferId, string name)
    {
        try
        {
            return await others.Of(node).Length(transferId, name);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // On its way out, or of a version that does not know the question.
            return null;
        }
    }

    private async Task CopyAsync(SiloAddress node, string transferId, string name, long length, Stream to, CancellationToken cancellation)
    {
        for (var at = 0L; at < length;)
        {
            var part = await others.Of(node).Read(transferId, name, at, ReadAtOnce);
            if (part.Length == 0)
                throw new IOException($"The node that has '{name}' lost it while it was read.");
            await to.WriteAsync(part, cancellation);
            at += part.Length;
        }
    }

    private static async Task<(long Bytes, string Hash)?> CopyAsync(Stream content, string path, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, total) = (new byte[64 * 1024], 0L);
        try
        {
            await using var file = File.Create(path);
            while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                if ((total += read) > most)
                    break;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        if (total <= most)
            return (total, Convert.ToHexStringLower(hash.GetHashAndReset()));
        File.Delete(path);
        return null;
    }

    // A name from outside never becomes a path.
    private static string SafeName(string? name)
    {
        var safe = new string([.. (name ?? "log").Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')]).Trim('.');
        return safe.Length == 0 ? "log" : safe[..Math.Min(safe.Length, LongestName)];
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static LogTransfer Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.LogTransfer);

    private static StreamWrite Write(long version, LogTransfer transfer) =>
        new($"{KindOfStream}/{transfer.Id}", version, DomainJson.Write(transfer, DomainJson.Default.LogTransfer));
}
