using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi;

/// <summary>An AsyncAPI document, 2.x or 3.x: what it says about one operation.</summary>
internal sealed class AsyncDocument
{
    private const int MostReferences = 20;
    private readonly JsonValue _root;
    private readonly bool _isOld;

    private AsyncDocument(JsonValue root)
    {
        _root = root;
        var version = root["asyncapi"].TryGetString(out var text) ? text : "";
        _isOld = version.StartsWith("2.", StringComparison.Ordinal);
        if (!_isOld && !version.StartsWith("3.", StringComparison.Ordinal))
            throw Wrong(version.Length == 0 ? "The document is no AsyncAPI document." : $"AsyncAPI {version} is not known; 2.x and 3.x are.");
    }

    public static AsyncDocument Read(string text)
    {
        try
        {
            return new AsyncDocument(WorkflowReader.ReadValue(text));
        }
        catch (FormatException e)
        {
            throw new InvocationException(InvocationFailure.Configuration, $"The AsyncAPI document is neither JSON nor YAML: {e.Message}", null, e);
        }
    }

    /// <param name="with">The task's <c>with</c>.</param>
    public AsyncTarget Find(JsonValue with, HttpAuthorization? authorization)
    {
        var (channelName, channel, operation) = _isOld ? OldChannel(with) : NewChannel(with);
        var server = Server(with, channel);
        var variables = with["server"]["variables"];
        var protocol = server["protocol"].TryGetString(out var text) ? text.ToLowerInvariant() : "";
        var address = !_isOld && channel["address"].TryGetString(out var own) ? own : channelName;
        var binding = protocol switch { "https" => "http", "wss" => "ws", "mqtts" or "secure-mqtt" => "mqtt", "amqps" => "amqp", _ => protocol };
        var bindings = Resolve(operation["bindings"])[binding] is { IsNull: false } mine ? mine : Resolve(channel["bindings"])[binding];
        return new AsyncTarget(
            protocol, Address(server, protocol, variables), Fill(address, Resolve(channel["parameters"]), variables, keep: true), bindings, authorization);
    }

    private (string Name, JsonValue Channel, JsonValue Operation) OldChannel(JsonValue with)
    {
        var channels = Resolve(_root["channels"]);
        var name = Named(with, "channel", "2.x", channels);
        var channel = Resolve(channels[name]);
        var kind = with["message"].IsNull ? "subscribe" : "publish";
        return Resolve(channel[kind]) is { IsNull: false } operation ? (name, channel, operation)
            : throw Wrong($"The channel '{name}' has no operation '{kind}'.");
    }

    private (string Name, JsonValue Channel, JsonValue Operation) NewChannel(JsonValue with)
    {
        var operation = Resolve(Resolve(_root["operations"])[Named(with, "operation", "3.x", Resolve(_root["operations"]))]);
        var name = operation["channel"]["$ref"].TryGetString(out var reference) ? Unescape(reference[(reference.LastIndexOf('/') + 1)..]) : "";
        return Resolve(operation["channel"]) is { IsNull: false } channel ? (name, channel, operation)
            : throw Wrong($"The operation '{with["operation"]}' names no channel of the document.");
    }

    private static string Named(JsonValue with, string what, string version, JsonValue all)
    {
        if (!with[what].TryGetString(out var name))
            throw Wrong($"A document of AsyncAPI {version} is called by its '{what}'.");
        return !all[name].IsNull ? name : throw Wrong($"The document has no {what} '{name}'; it has: {string.Join(", ", Keys(all))}.");
    }

    private JsonValue Server(JsonValue with, JsonValue channel)
    {
        var servers = Resolve(_root["servers"]);
        if (with["server"]["name"].TryGetString(out var wanted))
        {
            return Resolve(servers[wanted]) is { IsNull: false } named ? named
                : throw Wrong($"The document has no server '{wanted}'; it has: {string.Join(", ", Keys(servers))}.");
        }

        var possible = channel["servers"].TryGetArray(out var listed) && listed.Count > 0
            ? listed.Select(s => Resolve(s.TryGetString(out var name) ? servers[name] : s)) : Keys(servers).Select(name => Resolve(servers[name]));
        var all = possible.ToList();
        if (!with["protocol"].TryGetString(out var protocol))
            return all.Count > 0 ? all[0] : throw Wrong("The document has no server for that channel.");
        var found = all.FindIndex(s => s["protocol"].TryGetString(out var own) && Speaks(own, protocol));
        return found >= 0 ? all[found] : throw Wrong($"The document has no server that speaks '{protocol}' for that channel.");
    }

    // A secure variant is the same protocol.
    private static bool Speaks(string own, string wanted) =>
        own.Equals(wanted, StringComparison.OrdinalIgnoreCase) || own.Equals(wanted + "s", StringComparison.OrdinalIgnoreCase)
            || (wanted is "mqtt" or "mqtt5" && own is "mqtt" or "mqtt5" or "mqtts" or "secure-mqtt") || (wanted == "kafka" && own == "kafka-secure");

    private Uri Address(JsonValue server, string protocol, JsonValue variables)
    {
        var definitions = Resolve(server["variables"]);
        var host = server[_isOld ? "url" : "host"].TryGetString(out var text) ? text : "";
        var path = !_isOld && server["pathname"].TryGetString(out var pathname) ? pathname : "";
        var address = Fill($"{host.TrimEnd('/')}{path}", definitions, variables, keep: false);
        if (!address.Contains("://", StringComparison.Ordinal))
            address = $"{protocol}://{address}";
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : throw Wrong($"'{address}' is no address of a server.");
    }

    /// <param name="keep">What has no value stays; else it is an error.</param>
    private string Fill(string template, JsonValue definitions, JsonValue values, bool keep)
    {
        foreach (var name in Keys(definitions))
        {
            var definition = Resolve(definitions[name]);
            var value = values[name] is { IsNull: false } given ? given : definition["default"];
            if (!value.IsNull && definition["enum"].TryGetArray(out var allowed) && !allowed.Contains(value))
                throw Wrong($"The variable '{name}' is one of {definition["enum"]}, not {value}.");
            if (!value.IsNull)
                template = template.Replace($"{{{name}}}", Processes.ProcessRequest.Text(value), StringComparison.Ordinal);
            else if (!keep)
                throw Wrong($"The server's variable '{name}' has neither a value nor a default.");
        }

        return template;
    }

    private JsonValue Resolve(JsonValue value)
    {
        for (var i = 0; value["$ref"].TryGetString(out var reference); i++)
        {
            if (i == MostReferences || !reference.StartsWith("#/", StringComparison.Ordinal))
                throw Wrong($"'{reference}' leads nowhere in the document.");
            value = reference[2..].Split('/').Select(Unescape).Aggregate(_root, (at, name) => at[name]);
        }

        return value;
    }

    private static string Unescape(string part) =>
        Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static IEnumerable<string> Keys(JsonValue value) => value.TryGetObject(out var members) ? members.Keys : [];

    private static InvocationException Wrong(string detail) => new(InvocationFailure.Configuration, detail);
}
