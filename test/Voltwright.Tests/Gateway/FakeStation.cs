using System.Collections.Concurrent;
using Voltwright.Certificates;
using Voltwright.Gateway;
using Voltwright.Gateway.Vendors;
using Voltwright.Jq;
using Voltwright.Reservations;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Support;

namespace Voltwright.Tests.Gateway;

/// <summary>A station's grain that remembers what it was told and answers what a test sets.</summary>
internal sealed class FakeStation(string id, string? secret = "secret") : IStationGrain
{
    private readonly ConcurrentDictionary<(string, object?), TaskCompletionSource> _awaited = [];

    public ConcurrentQueue<object> Told { get; } = [];

    public CardDecision Decision { get; set; } = CardDecision.Accepted;

    public Session? Session { get; set; }

    public Station? Station { get; set; }

    public StationLookup AsLookup => asked => asked == id || asked == "+" ? this : new FakeStation(asked, null) { IsUnknown = true };

    public bool IsUnknown { get; init; }

    public T Single<T>() => Told.OfType<T>().Single();

    /// <summary>Completes when that has been told, before or after the call.</summary>
    public Task Awaits(string what, object? of = null)
    {
        var awaited = _awaited.GetOrAdd((what, of), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return awaited.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    public Task<Admission> Authenticate(Introduction shown) =>
        Task.FromResult(IsUnknown ? new Admission(false, "Unknown station.", "Register it.")
            : shown.Secret == secret ? new Admission(true, "Known.")
            : new Admission(false, "Wrong secret."));

    public Task Connected(string linkId, string protocol) => Tell("connected", protocol);

    public Task Disconnected(string linkId) => Tell("disconnected");

    public Task Booted(string linkId, BootFact fact) => Tell("booted", fact);

    public Task<CardDecision> CardEntered(CardFact fact, string? ends) => CardPresented(fact);

    public async Task<CardDecision> CardPresented(CardFact fact)
    {
        await Tell("card", fact);
        return Decision;
    }

    public Task SlotStatusReported(SlotStatusFact fact) => Tell("status", fact);

    public async Task<ChargingStartedAnswer> ChargingStarted(ChargingStartedFact fact)
    {
        await Tell("started", fact);
        return new ChargingStartedAnswer(Decision, "s-1", 77);
    }

    public Task MeterReported(MeterFact fact) => Tell("meter", fact);

    public async Task<CardDecision?> ChargingStopped(ChargingStoppedFact fact)
    {
        await Tell("stopped", fact);
        return fact.CardId is null ? null : Decision;
    }

    public Task Reported(string eventId, string type, JsonValue data, DateTimeOffset at) => Tell("reported", (eventId, type, data, at));

    public Task<Station?> Get() => Task.FromResult(Station);

    public async Task<Outcome<Station>> SetLed(string led, LedState state)
    {
        await Tell("led", (led, state));
        return Station!;
    }

    public Task LedReported(string led, string reached, string? problem) => Tell("led-reported", (led, reached, problem));

    public async Task<Outcome<Station>> WantLock(int slot, bool locked)
    {
        await Tell("want-lock", (slot, locked));
        return Station!;
    }

    public Task LockReported(int slot, bool locked, string? problem) => Tell("lock-reported", (slot, locked, problem));

    public Task<Outcome<Session>> WantStart(string sessionId) => Task.FromResult<Outcome<Session>>(Session!);

    public Task<Outcome<Session>> Release(string sessionId) => Task.FromResult<Outcome<Session>>(Session!);

    public Task<Outcome<Session>> WantEnd(string sessionId, string cause) => Task.FromResult<Outcome<Session>>(Session!);

    public Task<Outcome<Session>> GetSession(string sessionId) => Task.FromResult<Outcome<Session>>(Session!);

    public Task<Outcome<Station>> Register(StationRegistration registration, string? requestKey) => throw new NotSupportedException();

    public Task<Outcome<Station>> Change(StationChange change, string? requestKey) => throw new NotSupportedException();

    public Task<Outcome<Station>> SetSecret(string secret) => throw new NotSupportedException();

    public Task<TimeSpan?> ClockDrift() => Task.FromResult<TimeSpan?>(null);

    public async Task<VendorAnswer> DataReceived(string vendorId, string? messageId, JsonValue data)
    {
        await Tell("data", (vendorId, messageId, data));
        return new VendorAnswer(VendorStatus.UnknownVendor, JsonValue.Null);
    }

    public Task FirmwareReported(int? requestId, string status) => Tell("firmware", (requestId, status));

    public Task LogReported(int? requestId, string status) => Tell("log", (requestId, status));

    public Task<Outcome<Reservation>> Reserve(ReservationWish wish, string? requestKey) => throw new NotSupportedException();

    public Task<Outcome<Reservation>> CancelReservation(string reservationId) => throw new NotSupportedException();

    public Task<Outcome<Reservation>> ReservationReached(string reservationId, int told, string reached, string? problem) => throw new NotSupportedException();

    public Task ReservationReported(int number, bool expired) => Tell("reservation", (number, expired));

    public Task<Outcome<Station>> SetAvailability(AvailabilityWish wish) => throw new NotSupportedException();

    public Task AvailabilityReached(int? slot, DateTimeOffset told, string reached, string? problem) => throw new NotSupportedException();

    public Task<Outcome<Station>> OfferSecret(string secret) => throw new NotSupportedException();

    public Task WithdrawSecret() => throw new NotSupportedException();

    public async Task<CertificateAnswer> CertificateRequested(string csr, string use, int? requestId)
    {
        await Tell("certificate", (csr, use));
        return new CertificateAnswer(true, null);
    }

    public Task<Outcome<Station>> Remove() => throw new NotSupportedException();

    public Task<Session?> FindSession(string cardId, DateTimeOffset? at) => throw new NotSupportedException();

    public Task<Outcome<Lease>> AcquireSlot(string cardId, string? requestKey, DateTimeOffset? at) => throw new NotSupportedException();

    public Task<Outcome<Session>> PaymentSettled(string sessionId, PaymentSummary payment) => throw new NotSupportedException();

    public Task<Outcome<Ticket>> ReportIncident(IncidentReport report, string? requestKey) => throw new NotSupportedException();

    public Task<Outcome<Ticket>> CloseTicket(string ticketId, string? resolution) => throw new NotSupportedException();

    public Task TimerDue(string name) => throw new NotSupportedException();

    private Task Tell(string what, object? of = null)
    {
        Told.Enqueue(of ?? what);
        foreach (var key in new[] { (what, (object?)null), (what, of) })
            _awaited.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return Task.CompletedTask;
    }
}
