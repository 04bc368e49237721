using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Reservations;
using Voltwright.Sessions;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

/// <summary>
/// A whole day at a station whose line breaks, whose queue comes twice and out of order, and that lies about clocks and readings on
/// the way. In the evening energy and money reconcile to the watt-hour and cent, every session is over, and every slot is free, or
/// says why it is not. A failure names its seed; <c>VOLTWRIGHT_DAYS</c> sets how many days are tried.
/// </summary>
public sealed class DaySimulation
{
    private static readonly int Days = int.Parse(Environment.GetEnvironmentVariable("VOLTWRIGHT_DAYS") ?? "60");
    private static readonly string[] Cards = ["A", "B", "C", "blocked", "unknown"];

    [Fact]
    public void Day_WithEveryTrouble_ReconcilesInTheEvening()
    {
        for (var seed = 1; seed <= Days; seed++)
            new Day(seed).Live();
    }

    private sealed class Day
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly Desk _desk = new(slots: 4);
        private readonly List<Action> _queue = [];
        private readonly Dictionary<string, Truth> _truth = [];
        private readonly Dictionary<int, (string Transaction, string Card, long Start)> _charging = [];
        private readonly long[] _registers = [0, 1_000, 250_000, 7, 4_000_000];
        private bool _online = true;
        private int _transactions;
        private int _links;

        public Day(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _desk.Card("blocked", CardStatus.Blocked);
            _desk.Do(t => Presence.Came(t, $"link-{++_links}", "ocpp1.6"));
        }

        public void Live()
        {
            for (var minutes = 0; minutes < 24 * 60; minutes += 6)
            {
                _desk.Wait(TimeSpan.FromSeconds(_random.Next(200, 520)));
                Happen();
                if (_online)
                    Deliver();
                _desk.FireTimers();
                CheckNow();
            }

            foreach (var slot in _charging.Keys.ToList())
                Stop(slot);
            Return();
            Deliver();
            _desk.Wait(TimeSpan.FromHours(2));
            _desk.FireTimers();
            CheckEvening();
        }

        private void Happen()
        {
            var (slot, card) = (_random.Next(1, 5), Cards[_random.Next(Cards.Length)]);
            switch (_random.Next(14))
            {
                case 0:
                    Leave();
                    break;
                case 1 or 2:
                    Return();
                    break;
                case 3 or 4 or 5 when !_charging.ContainsKey(slot):
                    Start(slot, card);
                    break;
                case 6 or 7 when _charging.ContainsKey(slot):
                    Stop(slot);
                    break;
                case 8:
                    Read(slot);
                    break;
                case 9:
                    Lie(slot);
                    break;
                case 10 when _online:
                    _desk.Reserve(card, _random.Next(2) == 0 ? slot : null, TimeSpan.FromMinutes(_random.Next(5, 90)));
                    break;
                case 11 when _online:
                    _desk.Tap(card);
                    _desk.Acquire(card);
                    break;
                case 12:
                    Fault(slot);
                    break;
                default:
                    _desk.Serve(_random.Next(3) > 0, slot, null, _desk.Now.AddMinutes(_random.Next(10, 60)));
                    break;
            }
        }

        private void Leave()
        {
            if (_online)
                _desk.Do(t => Presence.Went(t, $"link-{_links}"));
            _online = false;
        }

        /// <summary>What was stored comes in order mostly; now and then twice, now and then not in order.</summary>
        private void Return()
        {
            if (_online)
                return;
            _online = true;
            _desk.Do(t => Presence.Came(t, $"link-{++_links}", "ocpp1.6"));
            for (var swaps = _random.Next(3); swaps > 0 && _queue.Count > 1; swaps--)
            {
                var at = _random.Next(_queue.Count - 1);
                (_queue[at], _queue[at + 1]) = (_queue[at + 1], _queue[at]);
            }

            if (_random.Next(3) == 0)
                _queue.AddRange(_queue.ToList());
        }

        private void Deliver()
        {
            foreach (var message in _queue.ToList())
            {
                message();
                if (_random.Next(8) == 0)
                    message();
            }

            _queue.Clear();
        }

        private void Start(int slot, string card)
        {
            var fact = new ChargingStartedFact(slot, card, _registers[slot], _desk.Now, $"tx-{_seed}-{++_transactions}");
            _charging[slot] = (fact.TransactionId!, card, _registers[slot]);
            _queue.Add(() => _desk.Start(fact));
            Say(slot, "charging");
        }

        private void Stop(int slot)
        {
            var (transaction, card, start) = _charging[slot];
            _charging.Remove(slot);
            _registers[slot] += _random.Next(0, 60_000);
            _truth[transaction] = new(card, start, _registers[slot]);
            var reason = _random.Next(3) switch { 0 => "Local", 1 => "EVDisconnected", _ => "PowerLoss" };
            var fact = new ChargingStoppedFact(transaction, slot, null, _registers[slot], _desk.Now, reason, reason == "Local" ? card : null);
            _queue.Add(() => _desk.Stop(fact));
            Say(slot, "finishing");
            Say(slot, "available");
        }

        private void Read(int slot)
        {
            var (reading, at) = (_registers[slot] + 10, _desk.Now);
            if (_charging.ContainsKey(slot))
                _registers[slot] = reading;
            _queue.Add(() => _desk.Meter(slot, reading, at));
        }

        /// <summary>A reading out of this world, or a time that is not today's.</summary>
        private void Lie(int slot)
        {
            var at = _desk.Now;
            _queue.Add(_random.Next(3) switch
            {
                0 => () => _desk.Meter(slot, 900_000_000_000, at),
                1 => () => _desk.Meter(slot, -1, at),
                _ => () => _desk.Status(slot, "available", at: at.AddDays(-30)),
            });
        }

        private void Fault(int slot)
        {
            Say(slot, "faulted", "GroundFailure");
            if (_random.Next(4) > 0)
                Say(slot, _charging.ContainsKey(slot) ? "charging" : "available");
        }

        private void Say(int slot, string status, string? error = null)
        {
            var at = _desk.Now;
            _queue.Add(() => _desk.Status(slot, status, error, at));
        }

        private void CheckNow()
        {
            foreach (var slot in _desk.Station.Slots)
            {
                var reservation = _desk.Station.Reservations.Where(r => r.Status == ReservationStatus.Active && r.SlotNumber == slot.Number).ToList();
                Holds(reservation.Count <= 1, $"slot {slot.Number} is reserved {reservation.Count} times");
                Holds(slot.ReservationId == reservation.FirstOrDefault()?.Id, $"slot {slot.Number} says it is kept by {slot.ReservationId}");
                Holds(slot.SessionId is null || _desk.Session(slot.SessionId).IsOpen, $"slot {slot.Number} is held by a session that is over");
            }

            var active = _desk.Station.Reservations.Where(r => r.Status == ReservationStatus.Active).ToList();
            Holds(active.DistinctBy(r => r.CardId).Count() == active.Count, "two reservations of one card");
            Holds(active.All(r => _desk.Timers.ContainsKey(Turn.ReservationTimer(r.Id))), "a reservation without its end");
        }

        private void CheckEvening()
        {
            Holds(_desk.Sessions.All(s => !s.IsOpen), $"open: {string.Join("; ", _desk.Sessions.Where(s => s.IsOpen))}");
            Holds(!_desk.Station.Reservations.Any(r => r.Status == ReservationStatus.Active), "a reservation has no end");
            foreach (var (transaction, truth) in _truth)
                CheckBill(transaction, truth);
            foreach (var slot in _desk.Station.Slots)
                Holds(slot.IsFree || Explanation(slot) is not null, $"slot {slot.Number} is {slot.Status} for no reason: {slot}");
            var paid = _desk.Sessions.Where(s => s.Price is not null).Sum(s => s.Price!.Amount);
            var owed = _truth.Keys.Sum(t => BillOf(_desk.Sessions.Single(s => s.TransactionId == t)));
            Holds(paid == owed, $"{paid} cents are billed, {owed} are owed");
        }

        private void CheckBill(string transaction, Truth truth)
        {
            var sessions = _desk.Sessions.Where(s => s.TransactionId == transaction).ToList();
            Holds(sessions.Count == 1, $"{transaction} has {sessions.Count} sessions");
            Holds(sessions[0].CardId == truth.Card, $"{transaction} is billed to {sessions[0].CardId}");
            Holds(sessions[0].EnergyWh == truth.Stop - truth.Start, $"{transaction} took {truth.Stop - truth.Start} Wh, billed {sessions[0]}");
            Holds(sessions[0].Price!.Amount == BillOf(sessions[0]), $"{transaction} costs {BillOf(sessions[0])}, billed {sessions[0].Price}");
        }

        /// <summary>Reckoned here once more, from the tariff's text: 0.49 a kWh, 1.00 a session, 0.10 an idle minute, 20 % tax.</summary>
        private static long BillOf(Session session)
        {
            static long Cents(decimal amount) => (long)Math.Round(amount, MidpointRounding.AwayFromZero);
            var net = Cents(session.EnergyWh * 49m / 1000) + Cents(session.IdleSeconds * 10m / 60) + 100;
            return net + Cents(net * 0.2m);
        }

        private static string? Explanation(Slot slot) => slot switch
        {
            { Fault: { } fault } => fault.Code,
            { Availability.Operative: false } => "an operator took it out of service",
            { OutOfOrder: true } => "a ticket is open",
            { Reported: "unavailable" or "faulted" or "finishing" or "charging" } => $"the station said {slot.Reported} last",
            _ => null,
        };

        private void Holds(bool condition, string what) => Assert.True(condition, $"seed {_seed}: {what}");

        private sealed record Truth(string Card, long Start, long Stop);
    }
}
