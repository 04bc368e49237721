using System.Text.Json;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>The accounts of people, and the check of who is at the door.</summary>
public sealed class People(IStore store, TimeProvider time)
{
    /// <summary>Wrong passwords or codes in a row, after which the account rests.</summary>
    public const int FailuresAllowed = 5;
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);
    private const string Kind = "person";

    public async ValueTask<Person?> FindAsync(string id, CancellationToken cancellation = default) => (await LoadAsync(id, cancellation)).Person;

    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken cancellation) =>
        [.. (await store.ListAsync(Kind, [], 1000, null, cancellation)).Items.Select(p => Read(p.Body)).OrderBy(p => p.Id, StringComparer.Ordinal)];

    public async ValueTask<bool> AnyAsync(CancellationToken cancellation) => await store.CountAsync(Kind, [], cancellation) > 0;

    /// <param name="password">Null for somebody whom an identity provider vouches for.</param>
    public async Task<Outcome<Person>> AddAsync(string id, string name, string role, string? password, CancellationToken cancellation)
    {
        var problem = Person.IdProblem(id) ?? RoleProblem(role) ?? (password is null ? null : Passwords.Problem(password));
        if (problem is not null)
            return new Refusal(RefusalKind.Invalid, problem);
        var person = new Person(id, string.IsNullOrWhiteSpace(name) ? id : name.Trim(), role, time.GetUtcNow())
        {
            PasswordHash = password is null ? null : Passwords.Hash(password),
        };
        return await TryWriteAsync(person, 0, cancellation)
            ? person
            : new Refusal(RefusalKind.AlreadyExists, $"There is a '{id}' already.");
    }

    public Task<Outcome<Person>> SetRoleAsync(string id, string role, CancellationToken cancellation) =>
        ChangeAsync(id, p => RoleProblem(role) is { } problem ? new Refusal(RefusalKind.Invalid, problem) : p with { Role = role }, cancellation);

    /// <param name="sites">None for all.</param>
    public Task<Outcome<Person>> SetSitesAsync(string id, IReadOnlyList<string> sites, CancellationToken cancellation) =>
        ChangeAsync(id, p => p with { Sites = sites.Count > 0 ? sites : null }, cancellation);

    public Task<Outcome<Person>> SetDisabledAsync(string id, bool disabled, CancellationToken cancellation) =>
        ChangeAsync(id, p => p with { IsDisabled = disabled }, cancellation);

    public Task<Outcome<Person>> SetPasswordAsync(string id, string password, CancellationToken cancellation)
    {
        var hash = new Lazy<string>(() => Passwords.Hash(password));
        return ChangeAsync(
            id,
            p => Passwords.Problem(password) is { } problem ? new Refusal(RefusalKind.Invalid, problem)
                : p with { PasswordHash = hash.Value, Failures = 0, LockedUntil = null },
            cancellation);
    }

    /// <summary>Takes a second factor into use, once a code shows that the app has it.</summary>
    public Task<Outcome<Person>> AddSecondFactorAsync(string id, string secret, string code, CancellationToken cancellation) => ChangeAsync(
        id,
        p => OneTimeCodes.Match(secret, code, time.GetUtcNow(), 0) is { } step
            ? p with { SecondFactor = secret, LastStep = step }
            : new Refusal(RefusalKind.Invalid, "That code does not belong to this secret. Check the clock of the device."),
        cancellation);

    public Task<Outcome<Person>> RemoveSecondFactorAsync(string id, CancellationToken cancellation) =>
        ChangeAsync(id, p => p with { SecondFactor = null }, cancellation);

    public async Task<SignInOutcome> SignInAsync(string id, string password, string? code, CancellationToken cancellation)
    {
        var known = await FindAsync(id, cancellation);
        var isRight = Passwords.Verify(password, known?.PasswordHash);
        while (true)
        {
            var (version, person) = await LoadAsync(id, cancellation);
            if (person is null || person.IsDisabled)
                return new SignInOutcome.Wrong();
            var now = time.GetUtcNow();
            if (person.LockedUntil is { } until && until > now)
                return new SignInOutcome.Resting(until - now);
            if (isRight && person.SecondFactor is not null && string.IsNullOrWhiteSpace(code))
                return new SignInOutcome.CodeNeeded();
            var step = person.SecondFactor is { } secret ? OneTimeCodes.Match(secret, code ?? "", now, person.LastStep) : person.LastStep;
            var next = isRight && step is { } used
                ? person with { Failures = 0, LockedUntil = null, LastSignInAt = now, LastStep = used }
                : Failed(person, now);
            if (await TryWriteAsync(next, version, cancellation))
                return next.Failures == 0 ? new SignInOutcome.Admitted(next) : new SignInOutcome.Wrong();
        }
    }

    /// <summary>
    /// Somebody signs in by the identity provider. An account with a password is never theirs, whatever they are called there; an account that is
    /// waiting for them becomes theirs at the first time, and stays with the provider's own name for them.
    /// </summary>
    public async Task<Outcome<Person>> AdmitAsync(Vouched vouched, CancellationToken cancellation)
    {
        if (vouched is { RolesCome: true, Role: null })
            return new Refusal(RefusalKind.Invalid, "The identity provider gives you no role here. Ask an administrator.");
        while (true)
        {
            var (version, known) = await LoadAsync(vouched.Id, cancellation);
            var now = time.GetUtcNow();
            if (known is null && (!vouched.Creates || vouched.Role is null || Person.IdProblem(vouched.Id) is not null))
                return new Refusal(RefusalKind.NotFound, "Nobody of that name has an account here. Ask an administrator.");
            if (known is not null && (known.PasswordHash is not null || (known.Subject is not null && known.Subject != vouched.Subject)))
                return new Refusal(RefusalKind.Invalid, "That name belongs to somebody else here. Ask an administrator.");
            if (known is { IsDisabled: true })
                return new Refusal(RefusalKind.Invalid, "That account is out of force.");
            var next = (known ?? new Person(vouched.Id, vouched.Name, vouched.Role!, now)) with
            {
                Subject = vouched.Subject, Role = vouched.Role ?? known!.Role, LastSignInAt = now,
            };
            if (await TryWriteAsync(next, version, cancellation))
                return next;
        }
    }

    private static Person Failed(Person person, DateTimeOffset now) => person.Failures + 1 < FailuresAllowed
        ? person with { Failures = person.Failures + 1 }
        : person with { Failures = 1, LockedUntil = now + Rest };

    private static string? RoleProblem(string role) =>
        Roles.OfPeople.Contains(role) ? null : $"'{role}' is no role of people; they are {string.Join(", ", Roles.OfPeople)}.";

    private async Task<Outcome<Person>> ChangeAsync(string id, Func<Person, Outcome<Person>> change, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, person) = await LoadAsync(id, cancellation);
            if (person is null)
                return new Refusal(RefusalKind.NotFound, $"There is nobody called '{id}'.");
            var outcome = change(person);
            if (outcome.Value is not { } next || await TryWriteAsync(next, version, cancellation))
                return outcome;
        }
    }

    private async Task<bool> TryWriteAsync(Person person, long version, CancellationToken cancellation)
    {
        try
        {
            var state = JsonSerializer.SerializeToUtf8Bytes(person, JsonSerializerOptions.Web);
            await store.CommitAsync(new Commit { Writes = [new StreamWrite($"{Kind}/{person.Id}", version, state)] }, cancellation);
            return true;
        }
        catch (StaleVersionException)
        {
            return false;
        }
    }

    private async ValueTask<(long Version, Person? Person)> LoadAsync(string id, CancellationToken cancellation) =>
        Person.IdProblem(id) is null && await store.LoadAsync($"{Kind}/{id}", cancellation) is { } stored
            ? (stored.Version, Read(stored.Body))
            : (0, null);

    private static Person Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<Person>(body.Span, JsonSerializerOptions.Web)!;
}

/// <summary>What came of an attempt to sign in. Whether a name exists is not told.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    public sealed record Admitted(Person Person) : SignInOutcome;

    /// <summary>The password is right; the second factor's code is missing.</summary>
    public sealed record CodeNeeded : SignInOutcome;

    public sealed record Wrong : SignInOutcome;

    /// <summary>Too many wrong attempts: even the right password must wait.</summary>
    public sealed record Resting(TimeSpan For) : SignInOutcome;
}
