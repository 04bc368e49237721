using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Voltwright.Events;
using Voltwright.Forwarding;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Forwarding;

public sealed class ForwarderTests : IDisposable
{
    private static readonly ForwardingPolicy Quick = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(5),
        LongestDelay = TimeSpan.FromMilliseconds(20),
        HeldAtMost = 40,
        HeldOfOneSubject = 6,
    };

    private readonly TemporaryStore _store = new();
    private readonly ConcurrentQueue<ForwardingEnd> _ends = new();

    [Fact]
    public async Task Events_OfSeveralSubjects_ArriveEachInOrder()
    {
        var sink = new ScriptedSink(_ => ScriptedSink.Delivered);
        await CommitAsync("A", 1, 2, 3);
        await using var forwarder = await StartAsync(sink);
        await CommitAsync("B", 1, 2);
        await CommitAsync("A", 4);

        await sink.UntilAsync("six events", all => all.Count == 6);

        Assert.Equal(["1", "2", "3", "4"], Of(sink, "A"));
        Assert.Equal(["1", "2"], Of(sink, "B"));
    }

    [Fact]
    public async Task Events_NotWanted_AreNotSentAndStillPassed()
    {
        var sink = new ScriptedSink(_ => ScriptedSink.Delivered);
        await using var forwarder = await StartAsync(sink, filter: new EventFilter([], ["B*"]));
        await CommitAsync("A", 1);
        await CommitAsync("B1", 1);

        await sink.UntilAsync("one event", all => all.Count == 1);
        Assert.Equal(["1"], Of(sink, "B1"));
    }

    [Fact]
    public async Task Subject_ThatFails_HoldsNoOtherUpAndKeepsItsOrder()
    {
        var isBroken = true;
        var sink = new ScriptedSink(e =>
            Volatile.Read(ref isBroken) && e.Envelope["subject"] == "A" ? new SendOutcome.Failed("500", 500) : ScriptedSink.Delivered);
        await using var forwarder = await StartAsync(sink);
        for (var i = 1; i <= 50; i++)
        {
            await CommitAsync("A", i);
            await CommitAsync("B", i);
        }

        await sink.UntilAsync("all of B", all => all.Count == 50);
        Assert.Empty(Of(sink, "A"));
        Volatile.Write(ref isBroken, false);
        await sink.UntilAsync("all of both", all => all.Count == 100);

        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"{n}"), Of(sink, "A"));
    }

    [Fact]
    public async Task Receiver_ThatStallsOnOneSubject_HoldsNoOtherUp()
    {
        var sink = new ScriptedSink(async (e, cancellation) =>
        {
            if (e.Envelope["subject"] == "A")
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return ScriptedSink.Delivered;
        });
        await using var forwarder = await StartAsync(sink);
        await CommitAsync("A", [.. Enumerable.Range(1, 100)]);
        await CommitAsync("B", 1, 2, 3);

        await sink.UntilAsync("all of B", all => all.Count == 3);
        Assert.Equal(["1", "2", "3"], Of(sink, "B"));
    }

    [Fact]
    public async Task Receiver_ThatIsAwayForLong_GetsEverythingWhenItIsBack()
    {
        var isAway = true;
        var sink = new ScriptedSink(_ => Volatile.Read(ref isAway) ? new SendOutcome.Failed("no connection") : ScriptedSink.Delivered);
        await using var forwarder = await StartAsync(sink);
        for (var i = 1; i <= 30; i++)
        {
            foreach (var subject in Enumerable.Range(0, 20))
                await CommitAsync($"S{subject}", i);
        }

        await sink.UntilAsync("attempts in vain", _ => sink.Asked >= 20);
        Volatile.Write(ref isAway, false);
        await sink.UntilAsync("600 events", all => all.Count == 600);

        Assert.All(Enumerable.Range(0, 20), s => Assert.Equal(Enumerable.Range(1, 30).Select(n => $"{n}"), Of(sink, $"S{s}")));
    }

    [Fact]
    public async Task Forwarder_StartedAgain_GoesOnWhereItWas()
    {
        var broken = new ScriptedSink(e => e.Envelope["subject"] == "A" ? new SendOutcome.Failed("500", 500) : ScriptedSink.Delivered);
        await CommitAsync("A", 1, 2, 3);
        await CommitAsync("B", 1, 2, 3);
        await using (await StartAsync(broken))
            await broken.UntilAsync("all of B", all => all.Count == 3);
        await CommitAsync("B", 4);

        var mended = new ScriptedSink(_ => ScriptedSink.Delivered);
        await using var again = await StartAsync(mended);
        await mended.UntilAsync("what is missing", all => all.Count == 4);

        Assert.Equal(["1", "2", "3"], Of(mended, "A"));
        Assert.Equal(["4"], Of(mended, "B"));
    }

    [Fact]
    public async Task Event_GivenUp_BecomesADeadLetterAndTheNextHasItsTurn()
    {
        var sink = new ScriptedSink(e => e.Envelope["data"] == 1 ? new SendOutcome.Failed("400", 400) : ScriptedSink.Delivered);
        await using var forwarder = await StartAsync(sink, Quick with { GiveUpAfter = TimeSpan.Zero });
        await CommitAsync("A", 1, 2);

        await sink.UntilAsync("the second", all => all.Count == 1);

        var letter = Assert.Single(await LettersAsync());
        Assert.Equal(("A", 400, "400"), (letter.Subject, letter.Status!.Value, letter.Reason));
        Assert.Equal(["2"], Of(sink, "A"));
    }

    [Fact]
    public async Task DeadLetter_Replayed_IsGoneWhenItArrives()
    {
        var isBroken = true;
        var sink = new ScriptedSink(_ => Volatile.Read(ref isBroken) ? new SendOutcome.Impossible("too large") : ScriptedSink.Delivered);
        await using var forwarder = await StartAsync(sink);
        await CommitAsync("A", 1);
        await EventuallyAsync(async () => (await LettersAsync()).Count == 1);

        Volatile.Write(ref isBroken, false);
        forwarder.Replay((await LettersAsync())[0]);
        await sink.UntilAsync("the letter", all => all.Count == 1);

        await EventuallyAsync(async () => (await LettersAsync()).Count == 0);
    }

    [Fact]
    public async Task DeadLetter_ReplayedInVain_SaysSo()
    {
        var sink = new ScriptedSink(_ => new SendOutcome.Impossible("too large"));
        await using var forwarder = await StartAsync(sink);
        await CommitAsync("A", 1);
        await EventuallyAsync(async () => (await LettersAsync()).Count == 1);

        forwarder.Replay((await LettersAsync())[0]);

        await EventuallyAsync(async () => (await LettersAsync())[0].Failures == 2);
    }

    [Fact]
    public async Task Forwarder_WhileAnotherDoesTheSame_EndsAsTakenOver()
    {
        var sink = new ScriptedSink(_ => ScriptedSink.Delivered);
        await using var one = await StartAsync(sink);
        await using var other = await StartAsync(sink);
        await CommitAsync("A", 1);

        await EventuallyAsync(() => Task.FromResult(!_ends.IsEmpty));
        Assert.All(_ends, end => Assert.IsType<ForwardingEnd.TakenOver>(end));
    }

    [Fact]
    public async Task Receiver_ThatWantsNoMore_EndsIt()
    {
        var sink = new ScriptedSink(_ => new SendOutcome.Unwanted("gone", 410));
        await using var forwarder = await StartAsync(sink);
        await CommitAsync("A", 1);

        await EventuallyAsync(() => Task.FromResult(!_ends.IsEmpty));
        Assert.IsType<ForwardingEnd.Unwanted>(_ends.First());
    }

    [Fact]
    public async Task Attempts_OfADelivery_AreKept()
    {
        var failed = 0;
        var sink = new ScriptedSink(_ => Interlocked.Increment(ref failed) == 1 ? new SendOutcome.Failed("503", 503) : ScriptedSink.Delivered);
        await using (await StartAsync(sink))
        {
            await CommitAsync("A", 1);
            await sink.UntilAsync("the event", all => all.Count == 1);
        }

        var attempts = await Deliveries.ListAsync(_store.Store, "webhook-x", 10, default);
        Assert.Equal(["delivered", "failed"], attempts.Select(a => a.Outcome));
        Assert.Equal((2, 503), (attempts[0].Number, attempts[1].Status!.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Events_ThroughRandomTroubleAndRestarts_AllArriveInOrder(int seed)
    {
        var random = new Random(seed);
        ScriptedSink[] sinks = [.. Enumerable.Range(0, 4).Select(_ => new ScriptedSink(_ => Trouble(random)))];
        var sent = new Dictionary<string, int>();
        foreach (var sink in sinks)
        {
            await using var forwarder = await StartAsync(sink);
            for (var i = 0; i < 150; i++)
            {
                var subject = $"S{random.Next(12)}";
                await CommitAsync(subject, sent[subject] = sent.GetValueOrDefault(subject) + 1);
            }

            await sink.UntilAsync("some", all => all.Count > 20);
        }

        var last = new ScriptedSink(_ => ScriptedSink.Delivered);
        await using var final = await StartAsync(last);
        await CommitAsync("END", 1);
        await last.UntilAsync("everything", all => Missing([.. sinks, last], sent) == "" && Of(last, "END").Length == 1);

        // A repetition is allowed, after a restart; a later event never comes before an earlier one has been there.
        foreach (var (subject, count) in sent)
        {
            var firsts = sinks.Append(last).SelectMany(s => Of(s, subject)).Distinct().Select(int.Parse);
            Assert.True(firsts.SequenceEqual(Enumerable.Range(1, count)), $"seed {seed}: {subject} arrived as {string.Join(' ', firsts)}");
        }
    }

    public void Dispose() => _store.Dispose();

    private static SendOutcome Trouble(Random random)
    {
        lock (random)
            return random.Next(3) == 0 ? new SendOutcome.Failed("some trouble") : ScriptedSink.Delivered;
    }

    private static string Missing(IEnumerable<ScriptedSink> sinks, Dictionary<string, int> sent)
    {
        var arrived = sinks.SelectMany(s => s.All).Select(ScriptedSink.NameOf).ToHashSet();
        return string.Join(' ', sent.SelectMany(s => Enumerable.Range(1, s.Value).Select(n => $"{s.Key}:{n}")).Where(n => !arrived.Contains(n)));
    }

    private static string[] Of(ScriptedSink sink, string subject) =>
        [.. sink.All.Where(e => e.Envelope["subject"] == subject).Select(e => $"{e.Envelope["data"]}")];

    private Task<Forwarder> StartAsync(ScriptedSink sink, ForwardingPolicy? policy = null, EventFilter? filter = null) =>
        Forwarder.StartAsync(
            new Destination("webhook-x", "webhook", sink, filter ?? EventFilter.All, policy ?? Quick, _ends.Enqueue),
            0, _store.Store, TimeProvider.System, NullLogger.Instance, default);

    private async Task CommitAsync(string subject, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await _store.Store.CommitAsync(new Commit
            {
                Events =
                [
                    JsonObject.Of(
                        ("specversion", "1.0"), ("id", $"{subject}-{number}"), ("source", "/test"), ("type", "t"), ("subject", subject),
                        ("data", number)),
                ],
            });
        }
    }

    private async Task<IReadOnlyList<DeadLetter>> LettersAsync() =>
        [.. (await _store.Store.ListAsync(DeadLetter.StreamKind, [("destination", "webhook-x")], 100)).Items.Select(i => DeadLetter.Read(i.Body))];

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }
}
