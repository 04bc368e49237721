using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

/// <summary>
/// Drivers, a station and a network that delays, repeats and reorders: whatever happens, the books are right. A failure names
/// its seed.
/// </summary>
public sealed class StationSimulation
{
    private static readonly string[] Cards = ["A", "B", "C", "blocked", "unknown"];

    [Fact]
    public void Station_UnderRandomFacts_KeepsItsInvariants()
    {
        for (var seed = 0; seed < 150; seed++)
            new Run(seed).Play(steps: 120);
    }

    private sealed class Run
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly Desk _desk = new(slots: 3);
        private readonly List<Action> _onTheWay = [];
        private readonly Dictionary<string, (long Start, long Stop)> _truth = [];
        private readonly Dictionary<int, (string Transaction, string Card, long Meter)> _charging = [];
        private readonly long[] _registers = [0, 50_000, 90_000, 10];
        private int _transactions;

        public Run(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _desk.Card("blocked", CardStatus.Blocked);
        }

        public void Play(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                Step();
                Deliver(chance: 60);
                Check();
            }

            foreach (var slot in _charging.Keys.ToList())
                StopCharging(slot);
            Deliver(chance: 100);
            // Whatever is still open now has no end on the way: leases run out.
            _desk.Wait(TimeSpan.FromHours(1));
            _desk.FireTimers();
            Check();
            CheckTheEnd();
        }

        private void Step()
        {
            _desk.Wait(TimeSpan.FromSeconds(_random.Next(1, 200)));
            var card = Cards[_random.Next(Cards.Length)];
            var slot = _random.Next(1, 4);
            switch (_random.Next(8))
            {
                case 0:
                    _desk.Tap(card);
                    break;
                case 1:
                    _desk.Acquire(card);
                    break;
                case 2 or 3 when !_charging.ContainsKey(slot):
                    StartCharging(slot, card);
                    break;
                case 4 when _charging.ContainsKey(slot):
                    StopCharging(slot);
                    break;
                case 5:
                    var reading = _registers[slot];
                    var at = _desk.Now;
                    Send(() => _desk.Meter(slot, reading, at));
                    break;
                case 6 when _desk.Station.Sessions.LastOrDefault(e => e.ClosedAt is null) is { } open:
                    _desk.AskEnd(open.Id);
                    break;
                default:
                    _desk.FireTimers();
                    break;
            }
        }

        private void StartCharging(int slot, string card)
        {
            var transaction = $"tx-{++_transactions}";
            var fact = new ChargingStartedFact(slot, card, _registers[slot], _desk.Now, transaction);
            _charging[slot] = (transaction, card, _registers[slot]);
            Send(() => _desk.Start(fact));
        }

        private void StopCharging(int slot)
        {
            var (transaction, card, start) = _charging[slot];
            _charging.Remove(slot);
            _registers[slot] += _random.Next(0, 30_000);
            _truth[transaction] = (start, _registers[slot]);
            var fact = new ChargingStoppedFact(transaction, slot, null, _registers[slot], _desk.Now, _random.Next(2) == 0 ? "Local" : "EVDisconnected", card);
            Send(() => _desk.Stop(fact));
        }

        /// <summary>Once or twice, and not at once.</summary>
        private void Send(Action message)
        {
            _onTheWay.Add(message);
            if (_random.Next(4) == 0)
                _onTheWay.Add(message);
        }

        private void Deliver(int chance)
        {
            while (_onTheWay.Count > 0 && _random.Next(100) < chance)
            {
                // Mostly in order; sometimes not.
                var next = _random.Next(5) == 0 ? _random.Next(_onTheWay.Count) : 0;
                var message = _onTheWay[next];
                _onTheWay.RemoveAt(next);
                message();
            }
        }

        private void Check()
        {
            foreach (var session in _desk.Sessions)
            {
                Holds(session.EnergyWh >= 0, $"negative energy: {session}");
                Holds(session.IsOpen == session.ClosedAt is null, $"open and closed: {session}");
                Holds(session.Status != SessionStatus.Ended || session.Price is not null, $"ended without price: {session}");
            }

            foreach (var slot in _desk.Station.Slots.Where(s => s.SessionId is not null))
            {
                var holder = _desk.Session(slot.SessionId);
                Holds(holder.IsOpen && holder.SlotNumber == slot.Number, $"slot {slot.Number} is held by {holder}");
                Holds(slot.Charging == (holder.Status == SessionStatus.Charging), $"slot {slot.Number} charges for {holder}");
            }

            var waiting = _desk.Sessions.Where(s => s.Status is SessionStatus.Leased or SessionStatus.Started).ToList();
            Holds(waiting.All(s => _desk.Slot(s.SlotNumber).SessionId == s.Id), "a lease without its slot");
            Holds(waiting.All(s => _desk.Timers.ContainsKey(Turn.LeaseTimer(s.Id))), "a lease without its timer");
            Holds(waiting.DistinctBy(s => s.CardId).Count() == waiting.Count, "two leases of one card");
        }

        private void CheckTheEnd()
        {
            Holds(_desk.Sessions.All(s => !s.IsOpen), $"still open: {string.Join("; ", _desk.Sessions.Where(s => s.IsOpen))}");
            Holds(_desk.Station.Slots.All(s => s.SessionId is null), "a slot is still held");
            Holds(_desk.Timers.Count == 0, $"timers left: {string.Join(", ", _desk.Timers.Keys)}");
            foreach (var (transaction, (start, stop)) in _truth)
            {
                var sessions = _desk.Sessions.Where(s => s.TransactionId == transaction).ToList();
                Holds(sessions.Count == 1, $"{transaction} has {sessions.Count} sessions");
                Holds(sessions[0].EnergyWh == stop - start, $"{transaction} took {stop - start} Wh, billed {sessions[0].EnergyWh} Wh: {sessions[0]}");
            }

            var ended = _desk.Events.Where(e => e["type"] == EventTypes.SessionEnded).Select(e => e["data"]["sessionId"].AsString()).ToList();
            Holds(ended.Count == ended.Distinct().Count(), "a session ended twice");
            Holds(_desk.Events.Select(e => e["id"].AsString()).Distinct().Count() == _desk.Events.Count, "two events with one id");
        }

        private void Holds(bool condition, string what) => Assert.True(condition, $"seed {_seed}: {what}");
    }
}
