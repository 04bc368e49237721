namespace Voltwright.Jq.Tests.Values;

public sealed class JsonArrayTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2047)]
    [InlineData(5000)]
    public void Array_BuiltByAdding_HoldsEveryElement(int count)
    {
        var array = JsonArray.Empty;
        for (var i = 0; i < count; i++)
            array = array.Add(i);
        Assert.Equal(Enumerable.Range(0, count), array.Select(v => (int)v.AsDouble()));
        Assert.Equal(count, array.Count);
        Assert.Equal(count, array.AsSpan().Length);
    }

    [Fact]
    public void Add_TwiceToOneArray_GivesTwoThatDoNotDisturbEachOther()
    {
        var start = JsonArray.Of(1, 2).Add(3);
        var (left, right) = (start.Add("left"), start.Add("right"));
        Assert.Equal("[1,2,3]", Text(start));
        Assert.Equal("""[1,2,3,"left"]""", Text(left));
        Assert.Equal("""[1,2,3,"right"]""", Text(right));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3000)]
    public void With_OfAnElement_ChangesOnlyTheNewArray(int count)
    {
        var before = JsonArray.From(Enumerable.Range(0, count).Select(i => (JsonValue)i));
        var after = before.With(count - 1, "changed").With(0, "first");
        Assert.Equal(count - 1, before[count - 1].AsDouble());
        Assert.Equal("changed", after[count - 1].AsString());
        Assert.Equal("first", after[0].AsString());
        Assert.Equal(1, after[1].AsDouble());
    }

    [Fact]
    public void Add_AfterAChangeInALongArray_Appends()
    {
        var array = JsonArray.From(Enumerable.Range(0, 2048).Select(i => (JsonValue)i)).With(5, "x");
        for (var i = 0; i < 600; i++)
            array = array.Add(i);
        Assert.Equal(2648, array.Count);
        Assert.Equal(599, array[2647].AsDouble());
        Assert.Equal("x", array.AsSpan()[5].AsString());
    }

    [Fact]
    public void Index_OutsideTheArray_Throws()
    {
        var roomy = JsonArray.Of(1).Add(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => roomy[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => roomy[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => roomy.With(2, 0));
    }

    [Fact]
    public void Add_FromManyThreads_NeverMixesArrays()
    {
        var start = JsonArray.Of(0).Add(1);
        Parallel.For(0, 500, i =>
        {
            var mine = start.Add(i).Add(i + 1);
            Assert.Equal((i, i + 1), ((int)mine[2].AsDouble(), (int)mine[3].AsDouble()));
        });
    }

    [Fact]
    public void From_AnArrayOfTheCaller_CopiesIt()
    {
        JsonValue[] mine = [1, 2];
        var array = JsonArray.From(mine);
        mine[0] = 9;
        Assert.Equal(1, array[0].AsDouble());
    }

    private static string Text(JsonArray array) => ((JsonValue)array).ToString();
}
