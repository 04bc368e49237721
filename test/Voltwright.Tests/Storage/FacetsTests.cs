using System.Text;
using Voltwright.Storage.Postgres;

namespace Voltwright.Tests.Storage;

public sealed class FacetsTests
{
    [Theory]
    [InlineData("""{"status":"charging","stationId":"CP1","cardId":"TAG","sessionId":"s-1","workflow":{"name":"w","version":"1"}}""", "charging CP1 TAG s-1 w")]
    [InlineData("""{"workflow":{"version":"1","name":"w","more":{"name":"x"}},"status":"a"}""", "a - - - w")]
    [InlineData("""{"deep":{"status":"no","list":[{"status":"no"}]},"status":"yes"}""", "yes - - - -")]
    [InlineData("""{"status":7,"cardId":true,"stationId":1.50}""", "7 1.50 true - -")]
    [InlineData("""{"status":null,"cardId":["TAG"],"stationId":{"a":1},"workflow":"w"}""", "- - - - -")]
    [InlineData("""{"workflow":[{"name":"w"}],"sessionId":"s"}""", "- - - s -")]
    [InlineData("""{"status":"é\n𝄞\u0041"}""", "é\n𝄞A - - - -")]
    [InlineData("""[{"status":"no"}]""", "- - - - -")]
    [InlineData("\"status\"", "- - - - -")]
    [InlineData("{}", "- - - - -")]
    public void Read_OfAState_FindsWhatListsFilterBy(string json, string expected)
    {
        var facets = Facets.Read(Encoding.UTF8.GetBytes(json));

        string?[] found = [facets.Status, facets.Station, facets.Card, facets.Session, facets.Workflow];
        Assert.Equal(expected, string.Join(' ', found.Select(f => f ?? "-")));
    }

    [Fact]
    public void Read_OfWhatNoIndexHolds_LeavesItOut()
    {
        var facets = Facets.Read(Encoding.UTF8.GetBytes($$"""{"status":"{{new string('x', 513)}}","cardId":"a\u0000b","stationId":"CP1"}"""));

        Assert.Equal((null, null, "CP1"), (facets.Status, facets.Card, facets.Station));
    }

    [Theory]
    [InlineData("status", "status")]
    [InlineData("stationId", "station")]
    [InlineData("cardId", "card")]
    [InlineData("sessionId", "session")]
    [InlineData("workflow.name", "workflow")]
    [InlineData("workflow.version", "body::json #>> '{workflow,version}'")]
    [InlineData("connected", "body::json #>> '{connected}'")]
    public void Conditions_OfAPath_AskItsColumnOrTheText(string path, string expected) =>
        Assert.Equal($"kind = $1 AND {expected} = $2", PostgresReaders.Conditions([(path, ["x"])]));

    [Fact]
    public void Conditions_OfSeveral_BindEachToItsOwn() => Assert.Equal(
        "kind = $1 AND status = $2 AND card = $3", PostgresReaders.Conditions([("status", ["x"]), ("cardId", ["y"])]));

    [Theory]
    [InlineData("x'y")]
    [InlineData("a}")]
    [InlineData("a b")]
    public void Conditions_OfANameThatCannotBe_AreRefused(string path) =>
        Assert.Throws<ArgumentException>(() => PostgresReaders.Conditions([(path, ["1"])]));
}
