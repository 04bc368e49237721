using Voltwright.Jq;

namespace Voltwright.Events;

/// <summary>Which events somebody wants, by type and by subject; a trailing <c>*</c> stands for all that begin so, no entry for all.</summary>
[GenerateSerializer, Immutable]
public sealed record EventFilter(IReadOnlyList<string> Types, IReadOnlyList<string> Subjects)
{
    public static EventFilter All { get; } = new([], []);

    public bool Takes(JsonValue envelope) => Fits(Types, envelope["type"]) && Fits(Subjects, envelope["subject"]);

    private static bool Fits(IReadOnlyList<string> wanted, JsonValue value) =>
        wanted.Count == 0 || (value.TryGetString(out var text) && wanted.Any(w => Fits(w, text)));

    private static bool Fits(string wanted, string text) =>
        wanted.EndsWith('*') ? text.StartsWith(wanted.AsSpan(0, wanted.Length - 1), StringComparison.Ordinal) : wanted == text;
}
