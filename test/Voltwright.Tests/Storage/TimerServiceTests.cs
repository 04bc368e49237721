using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class TimerServiceTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly TemporaryStore _temporary = new();
    private readonly Target _target = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Timer_SetBeforeTheStart_FiresWhenDue()
    {
        await Set("lease", Noon.AddMinutes(5));
        using var service = await Start();

        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, _target.Calls);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("station/CP1 lease", await _target.Next());
    }

    [Fact]
    public async Task Timer_DueWhileTheProgramWasDown_FiresAtOnce()
    {
        await Set("lease", Noon.AddDays(-3));

        using var service = await Start();

        Assert.Equal("station/CP1 lease", await _target.Next());
    }

    [Fact]
    public async Task Timers_SetWhileRunning_FireInTheirOrder()
    {
        using var service = await Start();
        await Set("late", Noon.AddSeconds(30));
        await Set("soon", Noon.AddSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("station/CP1 soon", await _target.Next());
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("station/CP1 late", await _target.Next());
    }

    [Fact]
    public async Task Timer_ClearedOrMoved_DoesNotFireAtItsOldTime()
    {
        using var service = await Start();
        await Set("cleared", Noon.AddSeconds(10));
        await Set("moved", Noon.AddSeconds(10));
        await Set("cleared", null);
        await Set("moved", Noon.AddSeconds(20));

        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(0, _target.Calls);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("station/CP1 moved", await _target.Next());
        Assert.Equal(1, _target.Calls);
    }

    [Fact]
    public async Task Timer_WhoseTargetFails_ComesAgainLaterAndLater()
    {
        _target.FailuresLeft = 2;
        using var service = await Start();
        await Set("lease", Noon.AddSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _target.Next();
        await AdvanceUntilCalled(TimeSpan.FromSeconds(1), 2);
        await AdvanceUntilCalled(TimeSpan.FromSeconds(2), 3);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(3, _target.Calls);
    }

    [Fact]
    public async Task Timer_WithoutAnOwner_DisturbsNoOther()
    {
        using var service = await Start();
        await _temporary.Store.CommitAsync(new() { Timers = [new("unknown/1", "x", Noon.AddSeconds(1))] });
        await Set("lease", Noon.AddSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("station/CP1 lease", await _target.Next());
    }

    [Fact]
    public async Task Timer_FarAway_StillFires()
    {
        using var service = await Start();
        await Set("year", Noon.AddDays(365));

        for (var day = 0; day < 365; day++)
            _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("station/CP1 year", await _target.Next());
    }

    [Fact]
    public async Task Timers_ByTheThousand_AllFire()
    {
        var timers = Enumerable.Range(0, 1000).Select(i => new TimerChange($"station/{i}", "lease", Noon.AddSeconds(-i))).ToList();
        await _temporary.Store.CommitAsync(new() { Timers = timers });

        using var service = await Start();

        var fired = new HashSet<string>();
        while (fired.Count < timers.Count)
            fired.Add(await _target.Next());
        Assert.Equal(timers.Count, _target.Calls);
    }

    [Fact]
    public async Task SharedTimer_OfWhoeverIsGone_IsFiredByTheSeniorWhenItIsOverdue()
    {
        await Set("lease", Noon.AddSeconds(10));
        using var senior = await Start(new TimerSharing(() => true));

        await AdvanceUntilCalled(TimeSpan.FromSeconds(12), 1);

        Assert.True(_clock.GetUtcNow() >= Noon.AddSeconds(11), $"It was fired at {_clock.GetUtcNow():O}, before its owner had its chance.");
    }

    [Fact]
    public async Task SharedTimer_OfWhoeverIsGone_IsNoneOfTheOthersBusiness()
    {
        await Set("lease", Noon.AddSeconds(10));
        using var junior = await Start(new TimerSharing(() => false));

        for (var i = 0; i < 60; i++)
            _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, _target.Calls);
    }

    [Fact]
    public async Task SharedTimer_OfItsOwn_IsFiredInTimeByWhoeverSetIt()
    {
        using var junior = await Start(new TimerSharing(() => false));
        await Set("lease", Noon.AddSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("station/CP1 lease", await _target.Next());
    }

    [Fact]
    public async Task SharedTimer_ThatBecameSenior_TakesOverWhatIsOverdue()
    {
        var isSenior = false;
        await Set("lease", Noon.AddSeconds(1));
        using var service = await Start(new TimerSharing(() => Volatile.Read(ref isSenior)));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _target.Calls);

        Volatile.Write(ref isSenior, true);

        await AdvanceUntilCalled(TimeSpan.FromSeconds(2), 1);
    }

    private async Task<TimerService> Start(TimerSharing? sharing = null)
    {
        var service = new TimerService(_temporary.Store, [_target], _clock, NullLogger<TimerService>.Instance, sharing);
        await service.StartedAsync(CancellationToken.None);
        return service;
    }

    private async Task Set(string name, DateTimeOffset? due) =>
        await _temporary.Store.CommitAsync(new() { Timers = [new("station/CP1", name, due)] });

    /// <summary>The retry is armed a moment after the failed call: time goes on only when it is.</summary>
    private async Task AdvanceUntilCalled(TimeSpan wait, int calls)
    {
        var next = _target.Next();
        var step = TimeSpan.FromMilliseconds(10);
        for (var waited = TimeSpan.Zero; !next.IsCompleted && waited < 1000 * wait; waited += step)
        {
            _clock.Advance(step);
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        await next;
        Assert.Equal(calls, _target.Calls);
    }

    private sealed class Target : ITimerTarget
    {
        private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();
        private int _count;

        public string Kind => "station";

        public int Calls => Volatile.Read(ref _count);

        public int FailuresLeft { get; set; }

        public Task TimerDue(string stream, string name, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _count);
            _calls.Writer.TryWrite($"{stream} {name}");
            return FailuresLeft-- > 0 ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        }

        public async Task<string> Next() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }
}
