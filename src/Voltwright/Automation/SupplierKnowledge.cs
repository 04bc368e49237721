using System.Reflection;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Workflows.Checking;

namespace Voltwright.Automation;

/// <summary>What is known around workflows: the supplier API and the events, as <c>docs/openapi</c> and <c>docs/events</c> describe them.</summary>
public static class SupplierKnowledge
{
    private static readonly Lazy<Knowledge> Read = new(() => Of(Resource("openapi.json"), Resource("events.json")));

    public static Knowledge Value => Read.Value;

    /// <param name="api">The OpenAPI document of the supplier API.</param>
    /// <param name="events">A schema whose properties are the data of the events, by type.</param>
    public static Knowledge Of(JsonValue api, JsonValue events) => Knowledge.None
        .WithApi("https://ev-power-supplier.com", api)
        .WithEvents([EventTypes.StationPrefix, EventTypes.SessionPrefix], Types, events);

    private static IEnumerable<string> Types => typeof(EventTypes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (string)f.GetRawConstantValue()!).Where(t => !t.EndsWith('.'));

    private static JsonValue Resource(string name)
    {
        using var stream = typeof(SupplierKnowledge).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return JsonValue.Parse(reader.ReadToEnd());
    }
}
