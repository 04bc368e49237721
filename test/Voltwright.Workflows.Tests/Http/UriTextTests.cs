using Voltwright.Jq;
using Voltwright.Workflows.Http;

namespace Voltwright.Workflows.Tests.Http;

public sealed class UriTextTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"x y"}""", "a=1&b=x%20y")]
    [InlineData("""{"a":[1,2],"b":null}""", "a=1&a=2")]
    [InlineData("""{"a":true,"ä":"ö"}""", "a=true&%C3%A4=%C3%B6")]
    [InlineData("""{"a":{"b":1}}""", "a=%7B%22b%22%3A1%7D")]
    [InlineData("{}", "")]
    public void Query_OfAnObject_IsEscaped(string parameters, string expected) =>
        Assert.Equal(expected, UriText.Query(JsonValue.Parse(parameters).AsObject()));

    [Theory]
    [InlineData("https://x.test/a", "q=1", "https://x.test/a?q=1")]
    [InlineData("https://x.test/a?b=2", "q=1", "https://x.test/a?b=2&q=1")]
    [InlineData("https://x.test/a#top", "q=1", "https://x.test/a?q=1#top")]
    [InlineData("https://x.test/a#top", "", "https://x.test/a#top")]
    public void WithQuery_OnAnAddress_KeepsWhatIsThere(string uri, string query, string expected) =>
        Assert.Equal(expected, UriText.WithQuery(uri, query));

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("null", "")]
    [InlineData("true", "true")]
    [InlineData("1.5", "1.5")]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    public void Scalar_OfEachKind_IsPlainTextOrNothing(string value, string? expected) =>
        Assert.Equal(expected, UriText.Scalar(JsonValue.Parse(value)));

    [Theory]
    [InlineData("/a/{id}", "/a/7")]
    [InlineData("{id}", "7")]
    [InlineData("/a/{pet.id}/b", "/a/verbatim/b")]
    [InlineData("/{id}{id}/{missing}/", "/77//")]
    [InlineData("/a/{open", "/a/{open")]
    [InlineData("/a/{text}", "/a/%E2%82%AC%20%2F%3F")]
    public void Template_Expanded_TakesNamesVerbatimAndEscapesValues(string template, string expected)
    {
        var input = JsonValue.Parse("""{"id":7,"pet.id":"verbatim","text":"€ /?"}""");

        Assert.Equal(expected, UriTemplate.Parse(template).Expand(input).Value);
    }

    [Fact]
    public void Template_ThatNamesAnArray_Fails()
    {
        var result = UriTemplate.Parse("/{list}").Expand(JsonValue.Parse("""{"list":[1]}"""));

        Assert.True(result.Failed);
        Assert.Contains("{list}", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_Names_AreWhatStandsInBraces() => Assert.Equal(["a", "b"], UriTemplate.Parse("/{a}/x/{b}").Names);
}
