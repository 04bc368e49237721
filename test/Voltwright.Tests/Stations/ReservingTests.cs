using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Reservations;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

public sealed class ReservingTests
{
    [Fact]
    public void Reservation_OfASlot_KeepsItForItsCardAlone()
    {
        var desk = new Desk(slots: 1);
        var reserved = Confirm(desk, desk.Reserve("A", 1));

        Assert.Equal(SlotStatus.Leased, desk.Slot(1).Status);
        Assert.Equal(RefusalKind.NoSlotAvailable, desk.Acquire("B").Refusal!.Kind);
        Assert.Equal(1, desk.Acquire("A").Value!.SlotNumber);
        Assert.Equal(ReservationStatus.Active, desk.Reservations[reserved.Id].Status);
    }

    [Fact]
    public void Reservation_WhoseCardCharges_IsUsedUp()
    {
        var desk = new Desk();
        var reserved = Confirm(desk, desk.Reserve("A", 2));

        var started = desk.Start(2, "A");

        var used = desk.Reservations[reserved.Id];
        Assert.Equal((ReservationStatus.Used, started.SessionId, "confirmed"), (used.Status, used.SessionId, used.Reached));
        Assert.Empty(desk.Station.Reservations);
        Assert.Null(desk.Slot(2).ReservationId);
        Assert.Equal(1, desk.Count(EventTypes.ReservationPrefix + "used.v1"));
        Assert.DoesNotContain(desk.Timers.Keys, t => t.StartsWith("reservation:", StringComparison.Ordinal));
    }

    [Fact]
    public void Reservation_UsedAtAnotherSlot_IsTakenBackAtTheStation()
    {
        var desk = new Desk();
        var reserved = Confirm(desk, desk.Reserve("A", 2));

        desk.Start(1, "A");

        Assert.Equal("wanted", desk.Reservations[reserved.Id].Reached);
        Assert.Null(desk.Slot(2).ReservationId);
        Assert.True(desk.HasUndelivered);
        desk.Reached(desk.Reservations[reserved.Id], "confirmed");
        Assert.Empty(desk.Station.Reservations);
    }

    [Fact]
    public void Reservation_WhoseSlotSomebodyElseTakes_MovesOrIsLost()
    {
        var desk = new Desk();
        var reserved = Confirm(desk, desk.Reserve("A", 1));

        desk.Start(1, "B");
        Assert.Equal((2, ReservationStatus.Active, "wanted"), State(desk, reserved));
        desk.Start(2, "C");

        Assert.Equal(ReservationStatus.Lost, desk.Reservations[reserved.Id].Status);
        Assert.All(desk.Station.Slots, s => Assert.Null(s.ReservationId));
    }

    [Fact]
    public void Reservation_WhoseTimeIsOver_FreesItsSlot()
    {
        var desk = new Desk(slots: 1);
        var reserved = Confirm(desk, desk.Reserve("A", span: TimeSpan.FromMinutes(10)));
        desk.Wait(TimeSpan.FromMinutes(11));

        desk.FireTimers();

        Assert.Equal(ReservationStatus.Expired, desk.Reservations[reserved.Id].Status);
        Assert.Equal(SlotStatus.Available, desk.Slot(1).Status);
        Assert.Empty(desk.Timers);
    }

    [Fact]
    public void Reservation_ThatTheStationRefuses_IsOver()
    {
        var desk = new Desk(slots: 1);
        var reserved = desk.Reserve("A").Value!;

        Assert.Equal(ReservationStatus.Refused, desk.Reached(reserved, "failed").Value!.Status);
        Assert.True(desk.Slot(1).IsFree);
    }

    [Fact]
    public void Cancellation_TwiceAndAfterUse_SaysWhatIs()
    {
        var desk = new Desk();
        var first = Confirm(desk, desk.Reserve("A", 1));
        var cancelled = desk.Cancel(first).Value!;
        Assert.Equal((ReservationStatus.Cancelled, "wanted"), (cancelled.Status, cancelled.Reached));
        Assert.Equal(cancelled, desk.Cancel(cancelled).Value);
        var second = Confirm(desk, desk.Reserve("B", 2));
        desk.Start(2, "B");

        Assert.Equal(RefusalKind.IllegalTransition, desk.Cancel(desk.Reservations[second.Id]).Refusal!.Kind);
    }

    [Fact]
    public void Cancellation_IsToldByWhoeverAsksForIt_AndCountsAsTheStationFirstAnswered()
    {
        var desk = new Desk();
        var reserved = desk.Reserve("A", 1).Value!;
        var cancelled = desk.Cancel(reserved).Value!;
        Assert.False(desk.HasUndelivered);

        // The station has the slot kept at last, which nobody wants any more.
        Assert.Equal("wanted", desk.Reached(reserved, "confirmed").Value!.Reached);
        Assert.Equal("confirmed", desk.Reached(cancelled, "confirmed").Value!.Reached);
        // Told once more, it knows no such reservation.
        Assert.Equal("confirmed", desk.Reached(cancelled, "failed").Value!.Reached);
    }

    [Fact]
    public void Station_ThatGivesAReservationUp_FreesTheSlot()
    {
        var desk = new Desk(slots: 1);
        var reserved = Confirm(desk, desk.Reserve("A"));

        desk.Do(t => Reserving.Reported(t, reserved.Number, expired: false));

        Assert.Equal(ReservationStatus.Lost, desk.Reservations[reserved.Id].Status);
        Assert.True(desk.Slot(1).IsFree);
    }

    [Theory]
    [InlineData("nobody", 1, 30, RefusalKind.CardNotAccepted)]
    [InlineData("blocked", 1, 30, RefusalKind.CardNotAccepted)]
    [InlineData("A", 9, 30, RefusalKind.NotFound)]
    [InlineData("A", 1, -1, RefusalKind.Invalid)]
    [InlineData("A", 1, 60 * 24 * 30, RefusalKind.Invalid)]
    [InlineData("B", null, 30, RefusalKind.AlreadyExists)]
    [InlineData("A", 2, 30, RefusalKind.NoSlotAvailable)]
    public void Wish_ThatCannotBe_IsRefused(string card, int? slot, int minutes, RefusalKind kind)
    {
        var desk = new Desk();
        desk.Card("blocked", CardStatus.Blocked);
        desk.Reserve("B", 2);

        Assert.Equal(kind, desk.Reserve(card, slot, TimeSpan.FromMinutes(minutes)).Refusal!.Kind);
    }

    [Fact]
    public void Slot_TakenOutOfService_IsNotGivenUntilItIsBack()
    {
        var desk = new Desk(slots: 1);
        desk.Serve(operative: false, slot: 1);
        Assert.Equal(SlotStatus.OutOfOrder, desk.Slot(1).Status);
        Assert.NotNull(desk.Acquire("A").Refusal);

        desk.Serve(operative: true, slot: 1);
        Assert.NotNull(desk.Acquire("A").Value);
    }

    [Fact]
    public void Slot_TakenIntoServiceBeforeTheStationAnswered_IsStillToBeTold()
    {
        var desk = new Desk(slots: 1);
        desk.Serve(operative: false, slot: 1);
        var told = desk.Slot(1).Availability!.At;
        desk.Wait(TimeSpan.FromSeconds(1));
        desk.Serve(operative: true, slot: 1);

        desk.Do(t => Serving.Reached(t, 1, told, "confirmed", null));

        Assert.Equal((true, "wanted"), (desk.Slot(1).Availability!.Operative, desk.Slot(1).Availability!.Reached));
    }

    [Fact]
    public void Station_PlannedOutOfService_GoesAndComesByItself()
    {
        var desk = new Desk();
        desk.Serve(operative: false, from: Desk.Noon.AddHours(1), until: Desk.Noon.AddHours(2));
        Assert.Equal(Desk.Noon.AddHours(1), desk.Timers[Serving.Timer]);
        Assert.NotEqual(StationStatus.OutOfOrder, desk.Station.Status);

        desk.Wait(TimeSpan.FromMinutes(61));
        desk.FireTimers();
        Assert.Equal(StationStatus.OutOfOrder, desk.Station.Status);
        Assert.All(desk.Station.Slots, s => Assert.Equal(SlotStatus.OutOfOrder, s.Status));
        Assert.True(desk.HasUndelivered);

        desk.Wait(TimeSpan.FromHours(1));
        desk.FireTimers();
        Assert.All(desk.Station.Slots, s => Assert.True(s.IsFree));
        Assert.Empty(desk.Timers);
    }

    [Fact]
    public void Station_ThatComesBack_IsToldAgainThatItIsOutOfService()
    {
        var desk = new Desk();
        desk.Serve(operative: false);
        desk.Do(t => Serving.Reached(t, null, desk.Station.Availability!.At, "confirmed", null));

        var again = Serving.Again(desk.Station);

        Assert.Equal("wanted", again.Availability!.Reached);
        Assert.All(again.Slots, s => Assert.Equal("confirmed", s.Availability!.Reached));
    }

    private static Reservation Confirm(Desk desk, Outcome<Reservation> made) => desk.Reached(made.Value!, "confirmed").Value!;

    private static (int, ReservationStatus, string) State(Desk desk, Reservation reservation)
    {
        var now = desk.Reservations[reservation.Id];
        return (now.SlotNumber, now.Status, now.Reached);
    }
}
