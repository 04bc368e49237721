using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>A station's connection: made, lost, made again with back-off, for as long as the station wants one.</summary>
sealed class OcppLine(
    OcppStationOptions options, OcppProtocol protocol, OcppHandler handle, StationState state, Traffic traffic, SimulationClock clock)
    : IAsyncDisposable
{
    readonly CancellationTokenSource _off = new();
    readonly Random _jitter = new(options.Seed);
    readonly Lock _lock = new();
    TaskCompletionSource _wanted = NewGate();
    TaskCompletionSource<OcppPeer> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    OcppPeer? _peer;
    Task _keeping = Task.CompletedTask;

    /// <summary>Why the last attempt failed or the last connection ended.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Greets the management system on a new connection; the line is ready when it says so.</summary>
    public required Func<OcppPeer, CancellationToken, Task> Greet { get; init; }

    public OcppPeer? Peer => Volatile.Read(ref _peer);

    public void Start()
    {
        _wanted.TrySetResult();
        _keeping = KeepAsync();
    }

    /// <summary>The peer that transaction messages may go to; waits for it.</summary>
    public Task<OcppPeer> ReadyAsync(CancellationToken cancellation)
    {
        lock (_lock) return _ready.Task.WaitAsync(cancellation);
    }

    public bool IsReady
    {
        get { lock (_lock) return _ready.Task.IsCompletedSuccessfully; }
    }

    public void Ready(OcppPeer peer)
    {
        lock (_lock) _ready.TrySetResult(peer);
    }

    /// <summary>One call on the present connection.</summary>
    public async Task<CallOutcome<TResponse>> CallAsync<TResponse>(OcppPeer? peer, IOcppRequest<TResponse> request)
    {
        if (peer is null) return new CallOutcome<TResponse>.Disconnected();
        var sent = clock.Time.GetTimestamp();
        var outcome = await peer.CallAsync(request, cancellation: _off.Token);
        traffic.Answered(clock.Time.GetElapsedTime(sent));
        switch (outcome)
        {
            case CallOutcome<TResponse>.Refused refused:
                traffic.Violated($"{request.GetType().Name}: {refused.Code} {refused.Description}");
                break;
            case CallOutcome<TResponse>.TimedOut:
                traffic.Violated($"{request.GetType().Name}: no answer");
                break;
        }

        return outcome;
    }

    public void GoOnline()
    {
        lock (_lock) _wanted.TrySetResult();
    }

    public async Task GoOfflineAsync()
    {
        lock (_lock)
        {
            if (_wanted.Task.IsCompleted) _wanted = NewGate();
        }

        if (Peer is { } peer) await peer.CloseAsync(WebSocketCloseStatus.NormalClosure, "going offline");
    }

    /// <summary>Says goodbye, and comes back like after any loss. Who ordered the reboot is told first that it will be done.</summary>
    /// <param name="patience">How long the connection may take to be gone.</param>
    public async Task RestartAsync(TimeSpan patience)
    {
        if (Peer is not { } peer) return;
        for (var i = 0; peer.IsAnswering && i < 200; i++) await Task.Delay(TimeSpan.FromMilliseconds(10), clock.Time, _off.Token);
        var gone = state.WaitForChangeAsync("the connection gone", change => Equals(change.State, "disconnected"), patience);
        await peer.CloseAsync(reason: "rebooting");
        await gone;
    }

    public void Crash() => Peer?.Abort("crash");

    public async ValueTask DisposeAsync()
    {
        if (Peer is { } peer) await peer.CloseAsync(WebSocketCloseStatus.NormalClosure, "switched off");
        await _off.CancelAsync();
        await _keeping;
        _off.Dispose();
    }

    async Task KeepAsync()
    {
        var failures = 0;
        while (!_off.IsCancellationRequested)
        {
            try
            {
                await WantedAsync();
                var peer = await ConnectAsync();
                failures = 0;
                await UseAsync(peer);
            }
            catch (Exception failed) when (failed is WebSocketException or IOException or HttpRequestException
                or OperationCanceledException)
            {
                LastFailure = failed.InnerException is null ? failed.Message : $"{failed.Message} {failed.InnerException.Message}";
            }

            if (_off.IsCancellationRequested) return;
            await BackOffAsync(failures++);
        }
    }

    Task WantedAsync()
    {
        lock (_lock) return _wanted.Task.WaitAsync(_off.Token);
    }

    async Task<OcppPeer> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol.Subprotocol);
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(30);
        if (options.Secret is { } secret)
        {
            var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Id}:{secret}")));
            socket.Options.SetRequestHeader("Authorization", basic.ToString());
        }

        var address = new Uri($"{options.Endpoint.ToString().TrimEnd('/')}/{Uri.EscapeDataString(options.Id)}");
        try
        {
            await socket.ConnectAsync(address, _off.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new OcppPeer(socket, protocol, handle, options.Peer with { Observe = Count }, clock.Time);
    }

    async Task UseAsync(OcppPeer peer)
    {
        Volatile.Write(ref _peer, peer);
        state.SetConnected(true);
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(_off.Token);
        var greeting = GreetAsync(peer, connection.Token);
        var closing = await peer.RunAsync();
        lock (_lock)
        {
            if (_ready.Task.IsCompleted) _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Volatile.Write(ref _peer, null);
        state.SetConnected(false);
        LastFailure = closing.ToString();
        await connection.CancelAsync();
        await greeting;
    }

    async Task GreetAsync(OcppPeer peer, CancellationToken cancellation)
    {
        try
        {
            await Greet(peer, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The connection ended; whoever is greeted next is greeted anew.
        }
    }

    async Task BackOffAsync(int failures)
    {
        var (first, longest) = options.BackOff;
        var wait = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(failures, 10)));
        try
        {
            await Task.Delay(wait * (0.5 + (_jitter.NextDouble() / 2)), clock.Time, _off.Token);
        }
        catch (OperationCanceledException)
        {
            // Switched off while waiting.
        }
    }

    void Count(FrameDirection direction, ReadOnlyMemory<byte> frame)
    {
        if (direction == FrameDirection.Sent) traffic.CountSent();
        else traffic.CountReceived();
        options.Peer.Observe?.Invoke(direction, frame);
    }

    static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
