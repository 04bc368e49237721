using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Tests.Running;

public sealed class StateWeightTests
{
    [Fact]
    public void Weight_OfOrdinaryValues_IsAboutTheirText()
    {
        var value = JsonValue.Parse("""{"name":"something","list":[1,2,3],"deep":{"a":{"b":null}}}""");

        Assert.InRange(StateWeight.Of(value, 1000), value.ToString().Length / 2, value.ToString().Length * 2);
    }

    [Fact]
    public void Weight_BeyondTheLimit_StopsThere() =>
        Assert.Equal(101, StateWeight.Of(JsonArray.From(Enumerable.Repeat((JsonValue)"ten chars!", 1_000_000)), 100));

    [Fact]
    public void Weight_OfSharedParts_CountsEachTimeTheyWouldBeWritten()
    {
        JsonValue value = 1;
        for (var i = 0; i < 64; i++)
            value = JsonArray.Of(value, value);

        Assert.Equal(10_001, StateWeight.Of(value, 10_000));
    }

    [Fact]
    public void Weight_OfSomethingTooDeep_IsBeyondAnyLimit()
    {
        JsonValue value = 1;
        for (var i = 0; i < 100_000; i++)
            value = JsonArray.Of(value);

        Assert.True(StateWeight.Of(value, 10_000_000) > 10_000_000);
        Assert.Equal("a large array", StateWeight.Show(value));
    }

    [Theory]
    [InlineData("\"short\"", "\"short\"")]
    [InlineData("{\"a\":[1]}", "{\"a\":[1]}")]
    [InlineData("null", "null")]
    public void Show_OfAShortValue_IsItsJson(string json, string expected) => Assert.Equal(expected, StateWeight.Show(JsonValue.Parse(json)));

    [Fact]
    public void Chance_OfManyQuestions_IsSpreadEvenly()
    {
        var answers = Enumerable.Range(0, 10_000).Select(i => Chance.Of($"question {i}")).ToList();

        Assert.All(answers, a => Assert.InRange(a, 0, 0.999999999));
        Assert.InRange(answers.Average(), 0.48, 0.52);
        Assert.InRange(answers.Count(a => a < 0.1), 900, 1100);
        Assert.Equal(answers[7], Chance.Of("question 7"));
    }
}
