namespace Voltwright.Jq.Tests.Values;

public sealed class KeyTableTests
{
    [Fact]
    public void Append_OfTheSameKeyAgain_LeadsToTheSameTable()
    {
        var table = new KeyTable(["a"], 1);
        Assert.Same(table.Append(1, "b"), table.Append(1, "b"));
    }

    [Fact]
    public void Append_OfEachOfSeveralKeysAgain_LeadsToTheTableOfThatKey()
    {
        var table = new KeyTable(["a"], 1);
        var (left, right) = (table.Append(1, "b"), table.Append(1, "c"));
        Assert.Same(left, table.Append(1, "b"));
        Assert.Same(right, table.Append(1, "c"));
    }

    [Fact]
    public void Append_OfAnotherKey_LeavesTheFirstAlone()
    {
        var table = new KeyTable(["a"], 1);
        var (left, right) = (table.Append(1, "b"), table.Append(1, "c"));
        Assert.Equal(["a", "b"], left.Keys(2).ToArray());
        Assert.Equal(["a", "c"], right.Keys(2).ToArray());
        Assert.Equal(-1, table.IndexOf("b", 1));
    }

    [Fact]
    public void IndexOf_InALargeTable_SeesOnlyTheCallersKeys()
    {
        var table = new KeyTable([.. Enumerable.Range(0, 40).Select(i => $"k{i}")], 40);
        var grown = table.Append(40, "new");
        Assert.Equal(-1, table.IndexOf("new", 40));
        Assert.Equal(40, grown.IndexOf("new", 41));
        Assert.Equal(39, grown.IndexOf("k39", 41));
        Assert.Equal(-1, grown.IndexOf("k39", 39));
    }

    [Fact]
    public void Append_ToALargeTableThatWentOn_BranchesOff()
    {
        var table = new KeyTable([.. Enumerable.Range(0, 40).Select(i => $"k{i}")], 40);
        var first = table.Append(40, "first");
        var second = table.Append(40, "second");
        Assert.Equal("first", first[40]);
        Assert.Equal("second", second[40]);
        Assert.Equal(-1, second.IndexOf("first", 41));
    }

    [Fact]
    public void Growth_KeyByKey_KeepsEveryIndex()
    {
        var table = KeyTable.Empty;
        for (var i = 0; i < 5000; i++)
        {
            table = table.Append(i, $"key{i}");
            Assert.Equal(i, table.IndexOf($"key{i}", i + 1));
        }

        for (var i = 0; i < 5000; i += 7)
            Assert.Equal(i, table.IndexOf($"key{i}", 5000));
    }
}
