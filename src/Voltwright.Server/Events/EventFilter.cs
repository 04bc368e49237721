using Voltwright.Jq;

namespace Voltwright.Server.Events;

/// <summary>
/// Which events a reader wants: <c>type</c> and <c>subject</c>, each any number of times, a trailing <c>*</c> for all that begin so.
/// </summary>
internal sealed record EventFilter(IReadOnlyList<string> Types, IReadOnlyList<string> Subjects)
{
    public static EventFilter Of(HttpRequest request) => new(Values(request, "type"), Values(request, "subject"));

    public bool Takes(JsonValue envelope) => Fits(Types, envelope["type"]) && Fits(Subjects, envelope["subject"]);

    private static bool Fits(IReadOnlyList<string> wanted, JsonValue value) =>
        wanted.Count == 0 || (value.TryGetString(out var text) && wanted.Any(w => Fits(w, text)));

    private static bool Fits(string wanted, string text) =>
        wanted.EndsWith('*') ? text.StartsWith(wanted.AsSpan(0, wanted.Length - 1), StringComparison.Ordinal) : wanted == text;

    private static string[] Values(HttpRequest request, string name) => [.. request.Query[name].OfType<string>()];
}
