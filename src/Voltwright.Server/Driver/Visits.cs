using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Voltwright.Payments;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Driver;

/// <summary>
/// Who began what on the driver's page. The cookie holds 256 random bits and nothing else; what they stand for is kept here, so that
/// neither card nor session can be read from a phone, or guessed.
/// </summary>
public sealed class Visits(IStore store, TimeProvider time)
{
    private const string Kind = "visit";
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>A tap leads to a session within that time, or to none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Nodes' clocks differ a little.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static bool IsToken(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The id of the event that a form's token leads to: the form sent twice is one tap.</summary>
    public static string EventIdOf(string token) => $"page-{Hash("event " + token)[..32]}";

    public async ValueTask<Visit?> FindAsync(string? token, string stationId, CancellationToken cancellation) =>
        IsToken(token) && await store.LoadAsync(StreamOf(token!), cancellation) is { } stored && Read(stored.Body) is var visit
            && visit.StationId == stationId && visit.Until > time.GetUtcNow()
            ? visit
            : null;

    public async Task BeginAsync(string token, string stationId, string cardId, DateTimeOffset at, CancellationToken cancellation)
    {
        var eventId = Hold.IsId(cardId) ? Hold.EventIdOf(cardId) : EventIdOf(token);
        var visit = new Visit(stationId, cardId, eventId, at, at + Lasts);
        try
        {
            await store.CommitAsync(
                new Commit { Writes = [.. await OutlivedAsync(at, cancellation), new StreamWrite(StreamOf(token), 0, Write(visit))] }, cancellation);
        }
        catch (StaleVersionException)
        {
            // The form was sent twice at once: it is begun.
        }
    }

    /// <summary>The visit with the session that its tap led to, as soon as there is one.</summary>
    public async Task<Visit> FollowAsync(string token, Visit visit, Station station, CancellationToken cancellation)
    {
        if (visit.SessionId is not null)
            return visit;
        var entry = Hold.IsId(visit.CardId) ? station.Sessions.FirstOrDefault(s => s.CardId == visit.CardId) : station.Sessions.FirstOrDefault(s =>
            s.CardId == visit.CardId && s.OpenedAt > visit.At - Skew && s.OpenedAt < visit.At + Patience && !(s.ClosedAt < visit.At));
        return entry is null ? visit : await ChangeAsync(token, visit, v => v with { SessionId = entry.Id }, cancellation);
    }

    /// <summary>Notes that stopping is wanted; asked again soon after, it is the same wish.</summary>
    public Task<Visit> StopAsync(string token, Visit visit, TimeSpan repeat, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            token, visit, v => v.StopAskedAt > now - repeat ? v : v with { StopAskedAt = now, Stops = v.Stops + 1 }, cancellation);
    }

    private async Task<Visit> ChangeAsync(string token, Visit known, Func<Visit, Visit> change, CancellationToken cancellation)
    {
        while (await store.LoadAsync(StreamOf(token), cancellation) is { } stored)
        {
            var visit = Read(stored.Body);
            var next = change(visit);
            if (next == visit)
                return visit;
            try
            {
                await store.CommitAsync(new Commit { Writes = [new StreamWrite(StreamOf(token), stored.Version, Write(next))] }, cancellation);
                return next;
            }
            catch (StaleVersionException)
            {
                // The phone asked twice at once: the same again on what the other left.
            }
        }

        return known;
    }

    // A few of the oldest go whenever a new one comes, so that no sweep is needed.
    private async Task<IEnumerable<StreamWrite>> OutlivedAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var oldest = await store.ListOldestAsync(Kind, [], 4, null, cancellation);
        return oldest.Items.Where(s => Read(s.Body).Until <= now).Select(s => new StreamWrite(s.Stream, s.Version, null));
    }

    private static byte[] Write(Visit visit) => JsonSerializer.SerializeToUtf8Bytes(visit, JsonSerializerOptions.Web);

    private static Visit Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<Visit>(body.Span, JsonSerializerOptions.Web)!;

    private static string StreamOf(string token) => $"{Kind}/{Hash(token)}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
