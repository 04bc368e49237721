namespace Voltwright.Jq.Tests.Values;

public sealed class JsonObjectTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Object_BuiltKeyByKey_FindsEveryKeyInOrder(int count)
    {
        var members = JsonObject.Empty;
        for (var i = 0; i < count; i++)
            members = members.With($"k{i}", i);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"k{i}"), members.Keys);
        for (var i = 0; i < count; i++)
            Assert.Equal(i, members[$"k{i}"].AsDouble());
        Assert.False(members.ContainsKey("other"));
        Assert.Equal(count, members.Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(200)]
    public void With_OnOneObject_LeavesItsSiblingsAlone(int count)
    {
        var start = Enumerable.Range(0, count).Aggregate(JsonObject.Empty, (o, i) => o.With($"k{i}", i));
        var left = start.With("left", 1);
        var right = start.With("right", 2);
        var changed = start.With("k0", "new");
        Assert.False(start.ContainsKey("left") || start.ContainsKey("right") || left.ContainsKey("right") || right.ContainsKey("left"));
        Assert.Equal(0, start["k0"].AsDouble());
        Assert.Equal("new", changed["k0"].AsString());
        Assert.Equal(count + 1, left.Count);
        Assert.Equal(2, right["right"].AsDouble());
    }

    [Fact]
    public void Of_TwoMembersWithOneName_KeepsTheLastInTheFirstPlace() =>
        Assert.Equal("""{"a":3,"b":2}""", ((JsonValue)JsonObject.Of(("a", 1), ("b", 2), ("a", 3))).ToString());

    [Fact]
    public void Builder_OfManyMembers_KeepsOrderAndLastValues()
    {
        var builder = new JsonObject.Builder();
        for (var i = 0; i < 500; i++)
            builder.Set($"k{i % 250}", i);
        var members = builder.ToObject();
        Assert.Equal(250, members.Count);
        Assert.Equal(499, members["k249"].AsDouble());
        Assert.Equal("k0", members.Keys.First());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Without_AKey_LeavesTheOthersInOrder(int count)
    {
        var start = Enumerable.Range(0, count).Aggregate(JsonObject.Empty, (o, i) => o.With($"k{i}", i));
        var rest = start.Without("k1");
        Assert.Equal(start.Keys.Where(k => k != "k1"), rest.Keys);
        Assert.Equal(2, rest["k2"].AsDouble());
        Assert.Same(start, start.Without("none"));
    }

    [Fact]
    public void Equality_OfObjects_IgnoresTheOrderOfKeys()
    {
        JsonValue left = JsonObject.Of(("a", 1), ("b", JsonArray.Of(2)));
        JsonValue right = JsonObject.Of(("b", JsonArray.Of(2)), ("a", 1.0));
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Fact]
    public void Objects_MadeByOneProgram_GrowIndependently()
    {
        var program = JqProgram.Compile("{a: 1, b: 2} + .");
        var first = program.First(JsonObject.Of(("c", 3)));
        var second = program.First(JsonObject.Of(("d", 4)));
        Assert.Equal("""{"a":1,"b":2,"c":3}""", first.Value.ToString());
        Assert.Equal("""{"a":1,"b":2,"d":4}""", second.Value.ToString());
    }

    [Fact]
    public void Growth_FromManyThreads_NeverMixesObjects()
    {
        var start = Enumerable.Range(0, 30).Aggregate(JsonObject.Empty, (o, i) => o.With($"k{i}", i));
        Parallel.For(0, 300, i =>
        {
            var mine = start.With($"mine{i}", i).With("last", i);
            Assert.Equal(32, mine.Count);
            Assert.Equal(i, mine[$"mine{i}"].AsDouble());
            Assert.Equal(i, mine["last"].AsDouble());
            Assert.Equal(29, mine["k29"].AsDouble());
        });
    }
}
