using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Voltwright.Bench.Serving;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Testing;

namespace Voltwright.Simulator.Tests.Ocpp;

/// <summary>The least that is a management system: accepts stations on loopback, answers them strictly, keeps what they say.</summary>
sealed class TestCsms : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly HttpListener _listener = new();
    readonly Channel<object> _said = Channel.CreateUnbounded<object>();
    readonly ConcurrentDictionary<string, OcppPeer> _peers = new();
    readonly List<object> _everything = [];
    int _transactions;

    public TestCsms()
    {
        var port = Ports.Free();
        Endpoint = new Uri($"ws://127.0.0.1:{port}/ocpp");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/ocpp/");
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Endpoint { get; }

    public Func<string, AuthorizationStatus> Decide { get; set; } = _ => AuthorizationStatus.Accepted;

    /// <summary>Answers to boot notifications; the last one stays.</summary>
    public Queue<RegistrationStatus> Registrations { get; } = new([RegistrationStatus.Accepted]);

    public string? Credentials { get; private set; }

    /// <summary>Drops the connection when the next request of this type comes in, before it is answered.</summary>
    public Type? DropOn { get; set; }

    /// <summary>Everything said so far.</summary>
    public IReadOnlyList<object> Everything
    {
        get { lock (_everything) return [.. _everything]; }
    }

    public OcppPeer Peer(string station) => _peers[station];

    /// <summary>The next request of a type, skipping others.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? fits = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var skipped = new List<string>();
        try
        {
            while (true)
            {
                var said = await _said.Reader.ReadAsync(patience.Token);
                if (said is T wanted && (fits is null || fits(wanted))) return wanted;
                skipped.Add($"{said}");
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {typeof(T).Name} came; said instead: {string.Join("; ", skipped)}");
        }
    }

    public async Task<TResponse> AskAsync<TResponse>(string station, IOcppRequest<TResponse> request) =>
        Assert.IsType<CallOutcome<TResponse>.Answered>(await Peer(station).CallAsync(request)).Response;

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values) peer.Abort("test over");
        _listener.Close();
        await Task.CompletedTask;
    }

    async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = ServeAsync(context);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task ServeAsync(HttpListenerContext context)
    {
        var basic = context.Request.Headers["Authorization"]?["Basic ".Length..];
        Credentials = basic is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(basic));
        if (Credentials?.EndsWith(":wrong", StringComparison.Ordinal) == true)
        {
            context.Response.StatusCode = 401;
            context.Response.Close();
            return;
        }

        var station = Uri.UnescapeDataString(context.Request.Url!.Segments[^1]);
        var socket = (await context.AcceptWebSocketAsync(Subprotocols.Ocpp16)).WebSocket;
        var peer = new OcppPeer(socket, Ocpp16.Protocol, Table().For(station));
        _peers[station] = peer;
        await peer.RunAsync();
    }

    HandlerTable<string> Table() => new HandlerTable<string>(Ocpp16.Protocol, Voltwright.Ocpp.Payloads.Lenience.None)
        .On<BootNotificationRequest, BootNotificationResponse>((_, request, _) => Say(request, new BootNotificationResponse
        {
            CurrentTime = DateTimeOffset.UnixEpoch,
            Interval = 1,
            Status = Registrations.Count > 1 ? Registrations.Dequeue() : Registrations.Peek(),
        }))
        .On<HeartbeatRequest, HeartbeatResponse>(
            (_, request, _) => Say(request, new HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch }))
        .On<StatusNotificationRequest, StatusNotificationResponse>((_, request, _) => Say(request, new StatusNotificationResponse()))
        .On<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>((_, request, _) =>
            Say(request, new FirmwareStatusNotificationResponse()))
        .On<AuthorizeRequest, AuthorizeResponse>((_, request, _) => Say(request, new AuthorizeResponse { IdTagInfo = Info(request.IdTag) }))
        .On<StartTransactionRequest, StartTransactionResponse>((station, request, _) =>
        {
            Drop(station, request);
            return Say(request, new StartTransactionResponse { IdTagInfo = Info(request.IdTag), TransactionId = ++_transactions });
        })
        .On<MeterValuesRequest, MeterValuesResponse>((_, request, _) => Say(request, new MeterValuesResponse()))
        .On<StopTransactionRequest, StopTransactionResponse>((station, request, _) =>
        {
            Drop(station, request);
            return Say(request, new StopTransactionResponse());
        });

    void Drop(string station, object request)
    {
        if (request.GetType() != DropOn) return;
        DropOn = null;
        _peers[station].Abort("test");
    }

    IdTagInfo Info(string idTag) => new() { Status = Decide(idTag) };

    Task<T> Say<T>(object request, T response)
    {
        Keep(request);
        return Task.FromResult(response);
    }

    void Keep(object request)
    {
        lock (_everything) _everything.Add(request);
        _said.Writer.TryWrite(request);
    }
}
