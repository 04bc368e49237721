using Voltwright.Forwarding.Publications;

namespace Voltwright.Tests.Forwarding.Publications;

public sealed class PublicationTests
{
    [Fact]
    public void Parse_OfAWholeAddress_GivesItsParts()
    {
        var publication = Publication.Parse(
            "city=kafkas://a:9092,b:9093/events.{type}?types=com.ev*,x&subjects=CP1&mode=binary&user=us%20er", name => $"{name}-secret");

        Assert.Equal(("city", "kafkas", "a:9092,b:9093", "events.{type}"), (publication.Name, publication.Scheme, publication.Hosts, publication.Topic));
        Assert.Equal(["com.ev*", "x"], publication.Filter.Types);
        Assert.Equal(["CP1"], publication.Filter.Subjects);
        Assert.Equal((true, true, "kafka", "us er", "city-secret"),
            (publication.IsBinary, publication.IsSecure, publication.Kind, publication.User, publication.Password));
        Assert.DoesNotContain("secret", publication.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mqtt://host/topic", "NAME")]
    [InlineData("a b=mqtt://host/topic", "NAME")]
    [InlineData("x=http://host/topic", "http")]
    [InlineData("x=mqtt://host", "topic")]
    [InlineData("x=mqtt://user:pass@host/topic", "environment")]
    [InlineData("x=mqtt://host/topic?mode=odd", "odd")]
    [InlineData("x=mqtt://host/topic?password=1", "password")]
    public void Parse_OfWhatIsNone_SaysWhy(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => Publication.Parse(text, _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void TopicOf_WithCharactersOfTopics_ReplacesThem()
    {
        var publication = Publication.Parse("x=mqtt://host/stations/{subject}/{type}", _ => null);
        Assert.Equal("stations/CP_1_/t.v1", publication.TopicOf("CP/1#", "t.v1"));
    }
}
