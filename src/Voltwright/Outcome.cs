namespace Voltwright;

/// <summary>What a decision came to: a value, or a refusal that says why. Translated once, at the edge.</summary>
[GenerateSerializer, Immutable]
public sealed record Outcome<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);

    public TResult Match<TResult>(Func<T, TResult> accepted, Func<Refusal, TResult> refused) =>
        Refusal is null ? accepted(Value!) : refused(Refusal);
}

/// <param name="Detail">For people: what is wrong, and what to do about it.</param>
[GenerateSerializer, Immutable]
public sealed record Refusal(RefusalKind Kind, string Detail);

/// <summary>Every expected refusal of the domain; the HTTP edge maps each to a problem type and status.</summary>
[GenerateSerializer]
public enum RefusalKind
{
    NotFound,
    Invalid,
    AlreadyExists,
    NoSlotAvailable,
    CardNotAccepted,
    IllegalTransition,
    PaymentRefused,

    /// <summary>The payment provider gave no answer: ask again.</summary>
    PaymentUnknown,
    StationOffline,
    StationSilent,
    StationRefused,
}
