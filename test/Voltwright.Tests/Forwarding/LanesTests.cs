using Voltwright.Forwarding;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Tests.Forwarding;

public sealed class LanesTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TakeNext_OfOneSubject_GivesOneEventAtATime()
    {
        var lanes = New();
        Add(lanes, "A", 1, 2);

        var lane = lanes.TakeNext(Start)!;

        Assert.Null(lanes.TakeNext(Start));
        lanes.Delivered(lane, Start);
        Assert.Equal(2, lanes.TakeNext(Start)!.Waiting.Peek().Position);
    }

    [Fact]
    public void TakeNext_OfSeveralSubjects_GivesOneOfEachUpToTheConcurrency()
    {
        var lanes = New(p => p with { Concurrency = 2 });
        Add(lanes, "A", 1);
        Add(lanes, "B", 2);
        Add(lanes, "C", 3);

        string[] taken = [lanes.TakeNext(Start)!.Subject, lanes.TakeNext(Start)!.Subject];

        Assert.Equal(["A", "B"], taken);
        Assert.Null(lanes.TakeNext(Start));
    }

    [Fact]
    public void Failed_WithMoreBehindIt_LeavesTheRestToTheLog()
    {
        var lanes = New();
        Add(lanes, "A", 1, 2, 3);

        var lane = lanes.TakeNext(Start)!;
        lanes.Failed(lane, Start, "500", null);

        Assert.Equal((1, 2L), (lanes.Held, lane.LogFrom));
        Add(lanes, "A", 4);
        Assert.Equal((1, 2L), (lanes.Held, lane.LogFrom));
    }

    [Fact]
    public void Failed_OfOneSubject_HoldsNoOtherUp()
    {
        var lanes = New();
        Add(lanes, "A", 1);
        Add(lanes, "B", 2);
        lanes.Failed(lanes.TakeNext(Start)!, Start, "500", null);

        Assert.Equal("B", lanes.TakeNext(Start)!.Subject);
    }

    [Fact]
    public void Failed_AgainAndAgain_WaitsTwiceAsLongUpToALimit()
    {
        var policy = new ForwardingPolicy { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(5) };
        double[] seconds = [.. Enumerable.Range(1, 5).Select(n => policy.DelayAfter(n, 1).TotalSeconds)];
        Assert.Equal([1, 2, 4, 5, 5], seconds);
        Assert.Equal(0.5, policy.DelayAfter(1, 0).TotalSeconds);
        Assert.Equal(30, policy.DelayAfter(1, 0, TimeSpan.FromSeconds(30)).TotalSeconds);
    }

    [Fact]
    public void TakeNext_OfAFailedOne_ComesWhenItsTimeHasCome()
    {
        var lanes = New();
        Add(lanes, "A", 1);
        lanes.Failed(lanes.TakeNext(Start)!, Start, "500", null);

        Assert.Null(lanes.TakeNext(Start));
        Assert.Equal(Start.AddSeconds(1), lanes.NextAt);
        Assert.Equal("A", lanes.TakeNext(Start.AddSeconds(1))!.Subject);
    }

    [Fact]
    public void TakeNext_WithTheReceiverDown_ProbesWithOneEventOnly()
    {
        var lanes = New(p => p with { DownAfter = 3 });
        for (var i = 1; i <= 6; i++)
            Add(lanes, $"S{i}", i);
        Lane[] first = [lanes.TakeNext(Start)!, lanes.TakeNext(Start)!, lanes.TakeNext(Start)!];
        foreach (var lane in first)
            lanes.Failed(lane, Start, "refused", null);

        Assert.True(lanes.IsDown);
        Assert.Null(lanes.TakeNext(Start));
        var probe = lanes.TakeNext(Start.AddSeconds(1))!;
        Assert.Null(lanes.TakeNext(Start.AddSeconds(1)));

        lanes.Delivered(probe, Start.AddSeconds(1));
        Assert.False(lanes.IsDown);
        var rest = new HashSet<string>();
        while (lanes.TakeNext(Start.AddSeconds(1)) is { } lane)
        {
            rest.Add(lane.Subject);
            lanes.Delivered(lane, Start.AddSeconds(1));
        }

        Assert.Equal(5, rest.Count);
    }

    [Fact]
    public void TryAdd_WithNoRoom_IsRefusedUntilSomethingIsDone()
    {
        var lanes = New(p => p with { HeldAtMost = 1 });
        Add(lanes, "A", 1);

        Assert.False(lanes.TryAdd("B", Event(2)));
        lanes.Delivered(lanes.TakeNext(Start)!, Start);
        Assert.True(lanes.TryAdd("B", Event(2)));
    }

    [Fact]
    public void Safe_WithOneEventUnderWayAndOneSubjectBehind_IsBeforeTheEvent()
    {
        var lanes = New();
        Add(lanes, "A", 1, 2);
        Add(lanes, "B", 5);
        lanes.Failed(lanes.TakeNext(Start)!, Start, "500", null);
        lanes.See(9);

        Assert.Equal(4, lanes.Safe);
        Assert.Equal(("A", 1L), (Assert.Single(lanes.Behind).Subject, Assert.Single(lanes.Behind).First));
        lanes.Delivered(lanes.TakeNext(Start)!, Start);
        Assert.Equal(9, lanes.Safe);
    }

    [Fact]
    public void Fetched_MoreThanTheLaneHolds_StaysInTheLog()
    {
        var lanes = New(p => p with { HeldOfOneSubject = 2 });
        Add(lanes, "A", 1, 2, 3, 4, 5);
        for (var i = 0; i < 2; i++)
            lanes.Delivered(lanes.TakeNext(Start)!, Start);

        var lane = Assert.Single(lanes.TakeEmptied());
        foreach (var e in new[] { 3, 4, 5 }.Select(n => Event(n)))
            lanes.Fetched(lane, e);
        lanes.FetchedAll(lane);

        Assert.Equal((2, 5L), (lane.Waiting.Count, lane.LogFrom));
        Assert.Equal(3, lanes.TakeNext(Start)!.Waiting.Peek().Position);
    }

    [Fact]
    public void Replay_ToAFailingSubject_IsTriedAtOnceAndHoldsNothingUp()
    {
        var lanes = New();
        Add(lanes, "A", 7);
        lanes.Failed(lanes.TakeNext(Start)!, Start, "500", null);
        lanes.Replay("A", Event(3));

        var lane = lanes.TakeNext(Start)!;
        Assert.Equal(3, lane.Replays.Peek().Position);
        lanes.Replayed(lane);

        Assert.Null(lanes.TakeNext(Start));
        Assert.Equal(7, lanes.TakeNext(Start.AddSeconds(1))!.Waiting.Peek().Position);
    }

    private static Lanes New(Func<ForwardingPolicy, ForwardingPolicy>? change = null)
    {
        var policy = new ForwardingPolicy();
        return new Lanes(change?.Invoke(policy) ?? policy, 0, () => 1);
    }

    private static void Add(Lanes lanes, string subject, params int[] positions) =>
        Assert.All(positions, p => Assert.True(lanes.TryAdd(subject, Event(p))));

    private static StoredEvent Event(int position) => new(position, JsonObject.Empty);
}
