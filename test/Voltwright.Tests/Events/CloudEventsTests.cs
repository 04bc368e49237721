using Microsoft.Extensions.Time.Testing;
using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Tests.Events;

public sealed class CloudEventsTests
{
    private const string Minimal = """{"specversion":"1.0","id":"1","source":"/s","type":"t"}""";

    private readonly CloudEvents _events = new(new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 12, 0, 0, 7, TimeSpan.FromHours(2))));

    [Fact]
    public void Create_WithEverything_PassesItsOwnCheck()
    {
        var made = _events.Create("t", "https://example.com/stations/CP1", "CP1", JsonObject.Of(("a", 1)), id: "7");

        Assert.Equal(
            """{"specversion":"1.0","id":"7","source":"https://example.com/stations/CP1","type":"t","subject":"CP1","time":"2030-01-01T10:00:00.007Z","datacontenttype":"application/json","data":{"a":1}}""",
            made.ToString());
        Assert.Empty(_events.Check(made).Problems);
    }

    [Fact]
    public void Create_WithoutIdAndSubject_GivesAnIdAndNoSubject()
    {
        JsonValue first = _events.Create("t", "/s", null, default), second = _events.Create("t", "/s", null, default);

        Assert.NotEqual(first["id"], second["id"]);
        Assert.False(first.AsObject().ContainsKey("subject"));
    }

    [Fact]
    public void Check_OfAnEventWithExtensions_KeepsThemAndAddsTheTime()
    {
        var extended = JsonValue.Parse(Minimal).AsObject().With("traceparent", "00-x").With("sequence", 12).With("urgent", true);
        var given = extended.With("subject", default);

        var checkedEvent = _events.Check(given);

        Assert.True(checkedEvent.IsAccepted);
        Assert.Equal(
            extended.With("time", "2030-01-01T10:00:00.007Z"),
            checkedEvent.Envelope.AsObject());
    }

    [Theory]
    [InlineData("time", "\"2030-01-01T12:00:00Z\"")]
    [InlineData("time", "\"2030-01-01t12:00:00.123456+02:00\"")]
    [InlineData("data", "null")]
    [InlineData("data", "\"text\"")]
    [InlineData("data_base64", "\"aGk=\"")]
    [InlineData("dataschema", "\"https://example.com/schema\"")]
    [InlineData("source", "\"urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66\"")]
    public void Check_OfAllowedAttributes_FindsNothing(string name, string value) =>
        Assert.Empty(_events.Check(JsonValue.Parse(Minimal).AsObject().With(name, JsonValue.Parse(value))).Problems);

    [Theory]
    [InlineData("id", "null", "missing")]
    [InlineData("id", "\"\"", "empty")]
    [InlineData("id", "7", "expected a string")]
    [InlineData("type", "\"a\\u0000b\"", "control character")]
    [InlineData("specversion", "\"0.3\"", "only \"1.0\"")]
    [InlineData("source", "\"http://[\"", "URI")]
    [InlineData("dataschema", "\"relative\"", "absolute URI")]
    [InlineData("subject", "{}", "expected a string")]
    [InlineData("time", "\"yesterday\"", "RFC 3339")]
    [InlineData("time", "\"2030-13-01T12:00:00Z\"", "RFC 3339")]
    [InlineData("time", "12", "RFC 3339")]
    [InlineData("data_base64", "\"?\"", "Base64")]
    [InlineData("stationId", "\"x\"", "lower-case")]
    [InlineData("extension", "{}", "structure")]
    [InlineData("extension", "1.5", "32-bit")]
    [InlineData("extension", "4294967296", "32-bit")]
    public void Check_OfAWrongAttribute_NamesItAndSaysWhy(string name, string value, string said)
    {
        var problem = Assert.Single(_events.Check(JsonValue.Parse(Minimal).AsObject().With(name, JsonValue.Parse(value))).Problems);

        Assert.Contains($"'{name}'", problem, StringComparison.Ordinal);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OfManyMistakes_NamesThemAll() =>
        Assert.Equal(
            6, _events.Check(JsonValue.Parse("""{"specversion":"2.0","Type":"t","data":1,"data_base64":"aGk="}""")).Problems.Count);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"event\"")]
    [InlineData("null")]
    public void Check_OfWhatIsNoObject_SaysSo(string text) =>
        Assert.Contains("JSON object", Assert.Single(_events.Check(JsonValue.Parse(text)).Problems), StringComparison.Ordinal);

    [Fact]
    public void Check_OfAHugeEvent_NamesTheLimit()
    {
        var huge = JsonValue.Parse(Minimal).AsObject().With("data", new string('x', CloudEventRules.LargestBytes));

        Assert.Contains("262144", Assert.Single(_events.Check(huge).Problems), StringComparison.Ordinal);
    }
}
