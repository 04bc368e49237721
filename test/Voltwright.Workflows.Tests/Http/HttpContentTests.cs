using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Http;

public sealed class HttpContentTests
{
    [Theory]
    [InlineData("application/json", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("application/problem+json; charset=utf-8", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("text/json", "[1]", "[1]")]
    [InlineData("application/json", "<html>", "\"<html>\"")]
    [InlineData("text/plain", "12", "\"12\"")]
    [InlineData("application/xml", "<a/>", "\"<a/>\"")]
    [InlineData("application/yaml", "a: 1", "\"a: 1\"")]
    [InlineData("application/octet-stream", "hi", "\"aGk=\"")]
    [InlineData(null, "{\"a\":1}", "{\"a\":1}")]
    [InlineData(null, "hi", "\"hi\"")]
    [InlineData("application/json", "", "null")]
    public void Content_ByItsType_IsRead(string? contentType, string body, string expected)
    {
        var headers = contentType is null ? JsonObject.Empty : JsonObject.Of(("content-type", contentType));

        Assert.Equal(JsonValue.Parse(expected), HttpContentReader.Read(Answer(headers, Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void Content_ThatIsNoText_IsBase64() =>
        Assert.Equal("/w==", HttpContentReader.Read(Answer(JsonObject.Of(("Content-Type", "text/plain")), [0xFF])));

    [Theory]
    [InlineData("application/json", "\"text\"", "\"text\"")]
    [InlineData("text/plain", "\"text\"", "text")]
    [InlineData("text/plain", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("application/vnd.x+json", "[1]", "[1]")]
    [InlineData("application/x-www-form-urlencoded", "{\"a\":[1,2]}", "a=1&a=2")]
    public void Body_ByItsType_IsWritten(string contentType, string body, string expected)
    {
        var request = new HttpRequestSpec("POST", "https://x.test/", JsonObject.Empty, JsonValue.Parse(body), contentType, null, false);

        Assert.Equal(expected, Encoding.UTF8.GetString(request.EncodeBody()!));
    }

    [Fact]
    public void Body_WithoutType_IsNone() =>
        Assert.Null(new HttpRequestSpec("GET", "https://x.test/", JsonObject.Empty, default, null, null, false).EncodeBody());

    [Fact]
    public void Authorization_InParts_MakesTheHeader()
    {
        Assert.Equal("dTpw", new HttpAuthorization("Basic", "u", "p").Parameter);
        Assert.Equal("token", new HttpAuthorization("Bearer", null, "token").Parameter);
        Assert.DoesNotContain("token", new HttpAuthorization("Bearer", null, "token").ToString(), StringComparison.Ordinal);
    }

    private static HttpAnswered Answer(JsonObject headers, byte[] body) => new(TestHost.Start, "c1", 200, headers, body);
}
