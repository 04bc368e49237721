using Voltwright.Events;

namespace Voltwright.Forwarding.Publications;

/// <summary>A broker that the operator has the committed events published to.</summary>
/// <param name="Name">Its progress is kept under it: the same name goes on where it was.</param>
/// <param name="Scheme"><c>mqtt</c>, <c>mqtts</c>, <c>kafka</c>, <c>kafkas</c>.</param>
/// <param name="Hosts"><c>host:port</c>; Kafka takes several, separated by commas.</param>
/// <param name="Topic"><c>{subject}</c> and <c>{type}</c> stand for the event's.</param>
public sealed record Publication(string Name, string Scheme, string Hosts, string Topic, EventFilter Filter, bool IsBinary, string? User, string? Password)
{
    /// <summary>What its progress and dead letters are kept under.</summary>
    public string Destination => DestinationOf(Name);

    public string Kind => Scheme.TrimEnd('s');

    public bool IsSecure => Scheme.EndsWith('s');

    /// <summary>Where it goes, without credentials.</summary>
    public string Address => $"{Scheme}://{Hosts}/{Topic}";

    public static string DestinationOf(string name) => $"publication-{name}";

    /// <summary><c>NAME=SCHEME://HOST[:PORT]/TOPIC[?types=…&amp;subjects=…&amp;mode=binary&amp;user=…]</c>; lists are separated by commas.</summary>
    /// <param name="passwordOf">The password of a publication, by its name.</param>
    /// <exception cref="FormatException">It is none; says what is wrong.</exception>
    public static Publication Parse(string text, Func<string, string?> passwordOf)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var slashes = text.IndexOf("://", StringComparison.Ordinal);
        var name = equals > 0 ? text[..equals] : "";
        if (slashes < equals || name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new FormatException("write NAME=mqtt://host:1883/topic or NAME=kafka://host:9092/topic; a name has letters, digits, - and _");
        var scheme = text[(equals + 1)..slashes];
        if (scheme is not ("mqtt" or "mqtts" or "kafka" or "kafkas"))
            throw new FormatException($"'{scheme}' is none of mqtt, mqtts, kafka, kafkas");
        var rest = text[(slashes + 3)..].Split('?', 2);
        var place = rest[0].Split('/', 2);
        if (place is not [{ Length: > 0 } hosts, { Length: > 0 } topic] || hosts.Contains('@', StringComparison.Ordinal))
            throw new FormatException("a host and a topic are needed; the user is given as ?user=…, the password in the environment");
        var settings = SettingsOf(rest.ElementAtOrDefault(1) ?? "");
        var isBinary = settings.GetValueOrDefault("mode") switch
        {
            null or "structured" => false,
            "binary" => true,
            var mode => throw new FormatException($"mode '{mode}' is neither structured nor binary"),
        };
        var filter = new EventFilter(ListOf(settings, "types"), ListOf(settings, "subjects"));
        return new Publication(name, scheme, hosts, topic, filter, isBinary, settings.GetValueOrDefault("user"), passwordOf(name));
    }

    // A record prints its members; the password must never get into a log.
    public override string ToString() => $"publication {Name}";

    /// <summary>The topic of one event. What would mean something else in a topic is replaced.</summary>
    public string TopicOf(string subject, string type) => Topic
        .Replace("{subject}", Plain(subject), StringComparison.Ordinal).Replace("{type}", Plain(type), StringComparison.Ordinal);

    private static string Plain(string value) => string.Concat(value.Select(c => c is '+' or '#' or '/' || char.IsControl(c) ? '_' : c));

    private static string[] ListOf(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var list) ? list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    private static Dictionary<string, string> SettingsOf(string query)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (pair is not ["types" or "subjects" or "mode" or "user", { } value])
                throw new FormatException($"'{part}' is none of types=, subjects=, mode=, user=");
            settings[pair[0]] = Uri.UnescapeDataString(value);
        }

        return settings;
    }
}
