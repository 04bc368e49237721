using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>What the checker knows of the world around workflows. What it does not know can be anything, and is never complained about.</summary>
public sealed class Knowledge
{
    private readonly List<ApiDescription> _apis = [];
    private readonly Dictionary<string, Shape> _events = new(StringComparer.Ordinal);
    private readonly List<string> _families = [];

    /// <summary>Nothing.</summary>
    public static Knowledge None { get; } = new();

    /// <summary>The types of the events that are known.</summary>
    internal IReadOnlyCollection<string> EventTypes => _events.Keys;

    internal IReadOnlyList<ApiDescription> Apis => _apis;

    /// <summary>Adds an API.</summary>
    /// <param name="address">Where its paths begin: <c>https://api.example</c>.</param>
    /// <param name="description">OpenAPI 3.0 or 3.1.</param>
    public Knowledge WithApi(string address, JsonValue description) => Copy(k => k._apis.Add(new ApiDescription(address, description)));

    /// <summary>Adds events.</summary>
    /// <param name="families">Beginnings of types of which all are known.</param>
    /// <param name="types">Known types, or with a hyphen at their end what types begin with; of those without a schema the data can be anything.</param>
    /// <param name="schema">A JSON schema whose properties are the data of events, by type.</param>
    public Knowledge WithEvents(IEnumerable<string> families, IEnumerable<string> types, JsonValue schema) => Copy(k =>
    {
        k._families.AddRange(families);
        foreach (var type in types)
            k._events[type] = Shape.Any;
        var schemas = new SchemaShapes(schema);
        foreach (var (type, data) in schema["properties"].AsObject())
            k._events[type] = schemas.Of(data);
    });

    /// <summary>Whether all types that begin like this one are known, and this one is not among them.</summary>
    internal bool LacksEvent(string type) => !_events.ContainsKey(type) && _families.Exists(f => type.StartsWith(f, StringComparison.Ordinal))
        && !_events.Keys.Any(known => known.EndsWith('-') && type.StartsWith(known, StringComparison.Ordinal));

    /// <summary>The data of an event; null when that type is not known.</summary>
    internal Shape? Data(string type) => _events.GetValueOrDefault(type);

    /// <summary>The operation that a call means; null when its API is not known, or does not have it.</summary>
    internal ApiOperation? Operation(CallHttpTask call) =>
        call.Endpoint.Uri.Text is { } address && !ExpressionText.IsMarked(address) && call.Method.Text is { } method
            ? Api(address)?.Find(method, address) : null;

    internal ApiDescription? Api(string address) => _apis.Find(a => address.StartsWith(a.Address + "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>What a filter lets through, in the form in which it is read.</summary>
    internal Shape Event(EventFilterDefinition? filter, string read)
    {
        var type = filter?.With?["type"]?.Text is { } text && IsPlain(text) ? text : null;
        var data = type is null ? Shape.Any : Data(type) ?? Shape.Any;
        if (read == "data")
            return data;
        if (read == "raw")
            return Shape.Text.Or(Shape.Null);
        var envelope = new ObjectShape(ObjectShape.Empty.Members, Shape.Text.Or(Shape.Number).Or(Shape.Boolean), HasPlainNames: true)
            .With("specversion", Shape.Text).With("id", Shape.Text).With("source", Plain(filter, "source")).With("type", Plain(filter, "type"))
            .With("subject", Plain(filter, "subject"), required: false).With("time", Shape.Text, required: false)
            .With("data_base64", Shape.Text, required: false)
            .With("datacontenttype", Shape.Text, required: false).With("dataschema", Shape.Text, required: false)
            .With("data", data, required: !data.IsAny);
        return Shape.Of(envelope);
    }

    /// <summary>The event that is made of what <c>emit</c> gives.</summary>
    internal static Shape Emitted(Shape given)
    {
        var made = ObjectShape.Of(("specversion", Shape.Text), ("id", Shape.Text), ("source", Shape.Text), ("time", Shape.Text));
        return given.Object is { } members ? Shape.Of(made.Plus(members)) : Shape.Of(made with { Rest = Shape.Any });
    }

    internal static bool IsPlain(string text) => !ExpressionText.IsMarked(text) && !(text.StartsWith('^') && text.EndsWith('$'));

    private static Shape Plain(EventFilterDefinition? filter, string attribute) =>
        filter?.With?[attribute]?.Text is { } text && IsPlain(text) ? Shape.OfTexts(text) : Shape.Text;

    private Knowledge Copy(Action<Knowledge> change)
    {
        var copy = new Knowledge();
        copy._apis.AddRange(_apis);
        copy._families.AddRange(_families);
        foreach (var (type, data) in _events)
            copy._events[type] = data;
        change(copy);
        return copy;
    }
}
