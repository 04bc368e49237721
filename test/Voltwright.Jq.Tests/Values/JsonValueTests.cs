namespace Voltwright.Jq.Tests.Values;

public sealed class JsonValueTests
{
    /// <summary>One of every kind, in jq's order.</summary>
    private static readonly string[] InOrder =
    [
        "null", "false", "true", "-1", "0", "2.5", "\"\"", "\"A\"", "\"a\"", "\"aa\"", "\"\uFFEE\"", "\"😀\"",
        "[]", "[null]", "[1]", "[1,0]", "[2]", "{}", "{\"a\":1}", "{\"a\":2}", "{\"a\":1,\"b\":0}", "{\"b\":0}",
    ];

    [Fact]
    public void Order_OfAllKinds_IsJqs()
    {
        var values = InOrder.Select(text => JsonValue.Parse(text)).ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
                Assert.True(Math.Sign(values[i].CompareTo(values[j])) == i.CompareTo(j), $"{values[i]} and {values[j]}");
        }
    }

    [Fact]
    public void Hash_OfEqualValues_IsEqual()
    {
        (string, string)[] pairs = [("1", "1.0"), ("[1,{\"a\":2,\"b\":3}]", "[1.0,{\"b\":3,\"a\":2}]"), ("-0", "0"), ("1.50", "1.5")];
        foreach (var (left, right) in pairs)
        {
            Assert.Equal(JsonValue.Parse(left), JsonValue.Parse(right));
            Assert.Equal(JsonValue.Parse(left).GetHashCode(), JsonValue.Parse(right).GetHashCode());
        }
    }

    [Fact]
    public void Default_OfTheType_IsNull()
    {
        JsonValue value = default;
        Assert.True(value.IsNull);
        Assert.Equal(JsonKind.Null, value.Kind);
        Assert.Equal("null", value.ToString());
    }

    [Fact]
    public void Nan_ComparedToItself_IsUnequalAndBelow()
    {
        JsonValue nan = double.NaN;
        Assert.False(nan.Equals(nan));
        Assert.True(nan.CompareTo(nan) < 0);
        Assert.True(nan.CompareTo(double.NegativeInfinity) < 0);
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("false", false)]
    [InlineData("0", true)]
    [InlineData("\"\"", true)]
    [InlineData("[]", true)]
    public void Truth_OfAnyValue_IsJqs(string text, bool truth) => Assert.Equal(truth, JsonValue.Parse(text).IsTruthy);

    [Fact]
    public void Members_ThatAreNotThere_AreNull()
    {
        var value = JsonValue.Parse("""{"a":[1]}""");
        Assert.True(value["x"].IsNull && value["a"][5].IsNull && value["a"][-1].IsNull && value["a"]["x"].IsNull && value[0].IsNull);
        Assert.Equal(1, value["a"][0].AsDouble());
    }

    [Fact]
    public void WrongKind_AskedFor_Throws()
    {
        JsonValue text = "x";
        Assert.Throws<InvalidOperationException>(() => text.AsDouble());
        Assert.Throws<InvalidOperationException>(() => text.AsArray());
        Assert.Throws<InvalidOperationException>(() => text.AsObject());
        Assert.Throws<InvalidOperationException>(() => ((JsonValue)1).AsString());
        Assert.False(text.TryGetArray(out _) || text.TryGetObject(out _));
    }

    [Fact]
    public void NestingOfTwo_TooDeepToCompare_IsRefused()
    {
        var deep = JqProgram.Compile("[reduce range(10500) as $i (0; [.]), reduce range(10500) as $i (0; [.])]").First(default).Value;
        Assert.Throws<InsufficientExecutionStackException>(() => deep[0].CompareTo(deep[1]));
    }
}
