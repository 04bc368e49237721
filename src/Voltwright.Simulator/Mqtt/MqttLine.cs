using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Mqtt;

/// <summary>A native station's connection to the broker: events go out in order and survive lost connections, commands come in.</summary>
sealed class MqttLine : IAsyncDisposable
{
    readonly MqttStationOptions _options;
    readonly StationState _state;
    readonly Traffic _traffic;
    readonly SimulationClock _clock;
    readonly Func<JsonElement, Task<JsonObject>> _obey;
    readonly MqttClientFactory _clients = new();
    readonly Channel<byte[]> _events = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    readonly CancellationTokenSource _off = new();
    readonly Random _jitter;
    readonly Lock _lock = new();
    TaskCompletionSource _wanted = NewGate();
    TaskCompletionSource _connected = NewGate();
    TaskCompletionSource _lost = NewGate();
    IMqttClient _client;
    Task _working = Task.CompletedTask;
    int _waiting;

    public MqttLine(
        MqttStationOptions options, StationState state, Traffic traffic, SimulationClock clock, Func<JsonElement, Task<JsonObject>> obey)
    {
        (_options, _state, _traffic, _clock, _obey) = (options, state, traffic, clock, obey);
        _jitter = new Random(options.Seed);
        _client = _clients.CreateMqttClient();
    }

    public string? LastFailure { get; private set; }

    public int Waiting => Volatile.Read(ref _waiting);

    string EventsTopic => $"stations/{_options.Id}/events";

    public void Start()
    {
        _wanted.TrySetResult();
        _working = Task.WhenAll(KeepAsync(), PublishAsync());
    }

    public Task ConnectedAsync(TimeSpan patience) => Gate(ref _connected).WaitAsync(patience, _clock.Time);

    public void Publish(string name, JsonObject data)
    {
        Interlocked.Increment(ref _waiting);
        _events.Writer.TryWrite(NativeEvent.Of(_options.Id, name, _clock.Now, data));
    }

    public void GoOnline()
    {
        lock (_lock) _wanted.TrySetResult();
    }

    public async Task GoOfflineAsync()
    {
        Reset(ref _wanted);
        await _client.DisconnectAsync(new MqttClientDisconnectOptions());
    }

    /// <summary>The broker sees no goodbye and publishes the last will.</summary>
    public void Crash()
    {
        _client.Dispose();
        Lost("crash");
    }

    public async ValueTask DisposeAsync()
    {
        await _off.CancelAsync();
        try
        {
            // After a crash there is no client to say goodbye with.
            if (Gate(ref _connected).IsCompleted) await _client.DisconnectAsync(new MqttClientDisconnectOptions());
        }
        catch (MqttCommunicationException)
        {
            // The broker went first.
        }

        await _working;
        _client.Dispose();
        _off.Dispose();
    }

    async Task KeepAsync()
    {
        var failures = 0;
        while (!_off.IsCancellationRequested)
        {
            try
            {
                await Gate(ref _wanted).WaitAsync(_off.Token);
                await ConnectAsync();
                failures = 0;
                await Gate(ref _lost).WaitAsync(_off.Token);
            }
            catch (Exception failed) when (failed is MqttCommunicationException or MqttClientDisconnectedException
                or MqttClientNotConnectedException or ObjectDisposedException or TimeoutException)
            {
                LastFailure = failed.Message;
            }
            catch (OperationCanceledException)
            {
                LastFailure ??= "gave up waiting for the broker";
            }

            if (!_off.IsCancellationRequested) await BackOffAsync(failures++);
        }
    }

    async Task ConnectAsync()
    {
        Reset(ref _lost);
        _client.Dispose();
        _client = _clients.CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += ReceiveAsync;
        _client.DisconnectedAsync += LostAsync;
        var answer = await _client.ConnectAsync(ClientOptions(), _off.Token);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"the broker refused {_options.Id}: {answer.ResultCode} {answer.ReasonString}");
        await _client.SubscribeAsync($"stations/{_options.Id}/commands", MqttQualityOfServiceLevel.AtLeastOnce, _off.Token);
        _state.SetConnected(true);
        lock (_lock) _connected.TrySetResult();
    }

    MqttClientOptions ClientOptions() => new MqttClientOptionsBuilder()
        .WithTcpServer(_options.Host, _options.Port)
        .WithProtocolVersion(_options.Version)
        .WithClientId(_options.Id)
        .WithCredentials(_options.Id, _options.Secret ?? "")
        .WithCleanSession(_options.Version != MqttProtocolVersion.V500)
        .WithTimeout(TimeSpan.FromSeconds(10))
        .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
        .WithWillTopic(EventsTopic)
        .WithWillPayload(NativeEvent.Of(_options.Id, "disconnected", _clock.Now, []))
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    async Task PublishAsync()
    {
        try
        {
            await foreach (var payload in _events.Reader.ReadAllAsync(_off.Token))
            {
                for (var times = _options.RepeatsEvents ? 2 : 1; times > 0; times--) await DeliverAsync(payload);
                Interlocked.Decrement(ref _waiting);
            }
        }
        catch (OperationCanceledException)
        {
            // The station was switched off.
        }
    }

    async Task DeliverAsync(byte[] payload)
    {
        while (true)
        {
            await Gate(ref _connected).WaitAsync(_off.Token);
            try
            {
                var sent = _clock.Time.GetTimestamp();
                var result = await _client.PublishAsync(Message(EventsTopic, payload), _off.Token);
                _traffic.CountSent();
                _traffic.Answered(_clock.Time.GetElapsedTime(sent));
                if (!result.IsSuccess) _traffic.Violated($"an event was refused: {result.ReasonCode} {result.ReasonString}");
                return;
            }
            catch (Exception lost) when (lost is MqttCommunicationException or MqttClientNotConnectedException
                or MqttClientDisconnectedException or ObjectDisposedException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), _clock.Time, _off.Token);
            }
        }
    }

    async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        _traffic.CountReceived();
        if (_options.IsMute) return;
        try
        {
            var reply = await _obey(JsonElement.Parse(received.ApplicationMessage.Payload.ToArray()));
            await _client.PublishAsync(Message($"stations/{_options.Id}/replies", JsonSerializer.SerializeToUtf8Bytes(reply)), _off.Token);
            _traffic.CountSent();
        }
        catch (JsonException unreadable)
        {
            _traffic.Violated($"a command is not JSON: {unreadable.Message}");
        }
        catch (Exception lost) when (lost is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException)
        {
            LastFailure = lost.Message;
        }
    }

    Task LostAsync(MqttClientDisconnectedEventArgs lost)
    {
        if (lost.ClientWasConnected) Lost(lost.Exception?.Message ?? lost.ReasonString ?? lost.Reason.ToString());
        return Task.CompletedTask;
    }

    void Lost(string why)
    {
        LastFailure = why;
        Reset(ref _connected);
        _state.SetConnected(false);
        lock (_lock) _lost.TrySetResult();
    }

    async Task BackOffAsync(int failures)
    {
        var (first, longest) = _options.BackOff;
        var wait = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(failures, 10)));
        try
        {
            await Task.Delay(wait * (0.5 + (_jitter.NextDouble() / 2)), _clock.Time, _off.Token);
        }
        catch (OperationCanceledException)
        {
            // Switched off while waiting.
        }
    }

    static MqttApplicationMessage Message(string topic, byte[] payload) => new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    Task Gate(ref TaskCompletionSource gate)
    {
        lock (_lock) return gate.Task;
    }

    void Reset(ref TaskCompletionSource gate)
    {
        lock (_lock)
        {
            if (gate.Task.IsCompleted) gate = NewGate();
        }
    }

    static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
