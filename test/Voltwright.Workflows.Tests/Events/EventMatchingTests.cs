using Voltwright.Jq;
using Voltwright.Workflows.Events;

namespace Voltwright.Workflows.Tests.Events;

public sealed class EventMatchingTests
{
    [Theory]
    [InlineData("type: a.b.v1", true)]
    [InlineData("type: a.b", false)]
    [InlineData("type: a.*", false)]
    [InlineData("type: '^a\\..*$'", true)]
    [InlineData("type: '^b.*$'", false)]
    [InlineData("type: '${ startswith(\"a.\") }'", true)]
    [InlineData("type: '${ \"a.b.v1\" }'", true)]
    [InlineData("data: '${ .temperature > 38 }'", true)]
    [InlineData("data: '${ .temperature > 40 }'", false)]
    [InlineData("data: '${ .temperature | keys }'", false)]
    [InlineData("data: { temperature: 39 }", true)]
    [InlineData("data: { temperature: 40 }", false)]
    [InlineData("type: a.b.v1, source: 'https://x.test/2'", false)]
    [InlineData("room: kitchen", true)]
    public void Filter_AgainstAnEvent_Decides(string with, bool expected)
    {
        var trigger = Trigger($"one: {{ with: {{ {with} }} }}");

        Assert.Equal(expected, trigger.Matches(Event("a.b.v1")));
    }

    [Fact]
    public void Any_OfSeveral_StartsOneRunForEachEvent()
    {
        var trigger = Trigger("any: [ { with: { type: a } }, { with: { type: b } } ]");

        Assert.Single(EventMatching.Offer(trigger, default, Event("b")).Sets);
        Assert.Empty(EventMatching.Offer(trigger, default, Event("c")).Sets);
        Assert.Equal(["a", "b"], trigger.Filters.Select(f => f.Type));
    }

    [Fact]
    public void Any_Empty_TakesEveryEvent() => Assert.True(Trigger("any: []").Matches(Event("whatever")));

    [Fact]
    public void All_Complete_StartsOneRunInTheOrderOfTheFilters()
    {
        var trigger = Trigger("all: [ { with: { type: a } }, { with: { type: b } } ]");
        var first = EventMatching.Offer(trigger, default, Event("b"));
        Assert.Empty(first.Sets);

        var second = EventMatching.Offer(trigger, JsonValue.Parse(first.Waiting.ToString()), Event("a"));

        Assert.Equal(["a", "b"], Assert.Single(second.Sets).Select(e => e["type"].AsString()));
        Assert.True(second.Waiting.IsNull);
    }

    [Fact]
    public void All_Correlated_JoinsOnlyWhatBelongsTogether()
    {
        var trigger = Trigger("""
            all:
              - { with: { type: a }, correlate: { room: { from: .data.room } } }
              - { with: { type: b }, correlate: { room: { from: .data.room } } }
            """);
        var waiting = EventMatching.Offer(trigger, default, Event("a", "kitchen")).Waiting;
        var other = EventMatching.Offer(trigger, waiting, Event("b", "hall"));
        Assert.Empty(other.Sets);

        var match = EventMatching.Offer(trigger, other.Waiting, Event("b", "kitchen"));

        Assert.All(Assert.Single(match.Sets), e => Assert.Equal("kitchen", e["data"]["room"]));
        Assert.Single(match.Waiting.AsArray());
    }

    [Fact]
    public void Correlation_WithExpectation_RefusesOthers()
    {
        var trigger = Trigger("all: [ { with: { type: a }, correlate: { room: { from: .data.room, expect: kitchen } } } ]");

        Assert.Empty(EventMatching.Offer(trigger, default, Event("a", "hall")).Sets);
        Assert.Single(EventMatching.Offer(trigger, default, Event("a", "kitchen")).Sets);
    }

    [Theory]
    [InlineData("1.0.3", "", "", EventReading.Envelope)]
    [InlineData("1.0.4", "", "", EventReading.Data)]
    [InlineData("1.0.4", "", "${ $workflow.input[0].data.x }", EventReading.Envelope)]
    [InlineData("1.0.4", "", "${ $workflow.input[0].source }", EventReading.Envelope)]
    [InlineData("1.0.4", "read: raw", "", EventReading.Raw)]
    [InlineData("1.0.0", "read: data", "", EventReading.Data)]
    public void Shape_OfTheInput_IsChosenByRule(string dsl, string read, string use, EventReading expected) =>
        Assert.Equal(expected, Trigger($"one: {{ with: {{ type: a }} }}", dsl, read, use).Read);

    [Fact]
    public void RunInput_InEachShape_HoldsWhatItSays()
    {
        var e = Event("a");

        Assert.Equal(JsonArray.Of(e), EventMatching.RunInput(Trigger("one: { with: { type: a } }", read: "read: envelope"), [e]));
        Assert.Equal(JsonArray.Of(e["data"]), EventMatching.RunInput(Trigger("one: { with: { type: a } }", read: "read: data"), [e]));
        var raw = EventMatching.RunInput(Trigger("one: { with: { type: a } }", read: "read: raw"), [e])[0].AsString();
        Assert.Equal(e["data"], JsonValue.Parse(Convert.FromBase64String(raw)));
    }

    private static EventTrigger Trigger(string on, string dsl = "1.0.3", string read = "", string use = "x") => new TestHost($$"""
        document: { dsl: {{dsl}}, namespace: test, name: events, version: 1.0.0 }
        schedule:
          {{read}}
          on:
            {{on.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        do: [ { a: { set: { used: '{{use}}' } } } ]
        """).Program.Trigger!;

    private static JsonValue Event(string type, string room = "hall") => JsonObject.Of(
        ("specversion", "1.0"), ("id", "1"), ("source", "https://x.test/1"), ("type", type), ("room", "kitchen"),
        ("data", JsonObject.Of(("temperature", 39), ("room", room))));
}
