namespace Voltwright.Stations;

/// <summary>What a LED should show, and how far that got.</summary>
/// <param name="Action"><c>on</c>, <c>off</c> or <c>flicker</c>.</param>
/// <param name="Reached"><c>wanted</c>, <c>shown</c>, <c>unsupported</c> or <c>failed</c>.</param>
/// <param name="SessionId">The session it is shown for: it goes dark with it.</param>
/// <param name="Until">When it goes back to <paramref name="Before"/>; null lasts.</param>
[GenerateSerializer, Immutable]
public sealed record Led(
    string Action, string? Color, int? DurationMs, string Reached, DateTimeOffset At, string? Problem = null,
    DateTimeOffset? Until = null, LedState? Before = null, string? SessionId = null)
{
    public static Led Wanted(LedState state, Led? shown, DateTimeOffset now)
    {
        var before = shown?.AsOf(now);
        return state.DurationMs is { } ms
            ? new(state.Action, state.Color, ms, "wanted", now, null, now.AddMilliseconds(ms), before is null ? null : StateOf(before), state.SessionId)
            : new(state.Action, state.Color ?? before?.Color, null, "wanted", now, SessionId: state.SessionId);
    }

    public Led AsOf(DateTimeOffset now) => Until is { } until && until <= now
        ? new(Before?.Action ?? "off", Before?.Color, null, Reached, until, Problem, SessionId: Before?.SessionId)
        : this;

    /// <summary>Dark from now on, when it shines for that session or would again.</summary>
    public Led Without(string sessionId, DateTimeOffset now) =>
        SessionId == sessionId || Before?.SessionId == sessionId ? new("off", null, null, "wanted", now) : this;

    private static LedState StateOf(Led led) => new(led.Action, led.Color, null, led.SessionId);
}
