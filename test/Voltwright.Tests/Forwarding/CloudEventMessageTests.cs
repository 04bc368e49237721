using System.Text;
using Voltwright.Forwarding;
using Voltwright.Jq;

namespace Voltwright.Tests.Forwarding;

public sealed class CloudEventMessageTests
{
    private const string Plain = """{"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"CP1","retries":3,"datacontenttype":"application/json","data":{"a":1}}""";

    [Fact]
    public void Structured_OfAnEvent_IsTheEventItself()
    {
        var message = CloudEventMessage.Structured(JsonValue.Parse(Plain));
        Assert.Equal(Plain, Encoding.UTF8.GetString(message.Body));
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.ContentType);
        Assert.Empty(message.Attributes);
    }

    [Fact]
    public void Binary_OfAnEvent_HasDataAndAttributesApart()
    {
        var message = CloudEventMessage.Binary(JsonValue.Parse(Plain));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(message.Body));
        Assert.Equal("application/json", message.ContentType);
        Assert.Equal(
            [("specversion", "1.0"), ("id", "1"), ("source", "/s"), ("type", "t"), ("subject", "CP1"), ("retries", "3")], message.Attributes);
    }

    [Theory]
    [InlineData("""{"id":"1","data_base64":"aGk=","datacontenttype":"image/png"}""", "hi", "image/png")]
    [InlineData("""{"id":"1","data":"<a/>","datacontenttype":"text/xml"}""", "<a/>", "text/xml")]
    [InlineData("""{"id":"1","data":"text","datacontenttype":"application/vnd.x+json"}""", "\"text\"", "application/vnd.x+json")]
    [InlineData("""{"id":"1","data":7}""", "7", "application/json")]
    [InlineData("""{"id":"1"}""", "", null)]
    public void Binary_OfDataOfAKind_WritesItAsItsTypeSays(string envelope, string body, string? type)
    {
        var message = CloudEventMessage.Binary(JsonValue.Parse(envelope));
        Assert.Equal(body, Encoding.UTF8.GetString(message.Body));
        Assert.Equal(type, message.ContentType);
    }

    [Theory]
    [InlineData("plain/value-1.v1", "plain/value-1.v1")]
    [InlineData("Euro € 😀", "Euro%20%E2%82%AC%20%F0%9F%98%80")]
    [InlineData("a\"b%c", "a%22b%25c")]
    public void Percent_OfAHeaderValue_FollowsTheBinding(string value, string expected) =>
        Assert.Equal(expected, CloudEventMessage.Percent(value));
}
