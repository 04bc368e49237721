namespace Voltwright.Jq.Tests.Values;

public sealed class CodePointsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("😀", 1)]
    [InlineData("a😀b😀", 4)]
    [InlineData("e\u0301", 2)]
    public void Count_OfAText_CountsCodePoints(string text, int count) => Assert.Equal(count, CodePoints.Count(text));

    [Theory]
    [InlineData("a😀bc", 1, 3, "😀b")]
    [InlineData("a😀bc", 0, 0, "")]
    [InlineData("abc", 1, 3, "bc")]
    [InlineData("😀😀", 1, 2, "😀")]
    public void Slice_OfAText_CutsBetweenCodePoints(string text, int start, int end, string part) =>
        Assert.Equal(part, CodePoints.Slice(text, start, end));

    [Theory]
    [InlineData("a", "b", -1)]
    [InlineData("a", "a", 0)]
    [InlineData("a", "aa", -1)]
    [InlineData("\uFFEE", "😀", -1)]
    [InlineData("😀", "😁", -1)]
    [InlineData("z", "😀", -1)]
    [InlineData("", "a", -1)]
    public void Order_OfTexts_IsThatOfCodePoints(string left, string right, int order)
    {
        Assert.Equal(order, Math.Sign(CodePoints.Compare(left, right)));
        Assert.Equal(-order, Math.Sign(CodePoints.Compare(right, left)));
    }

    [Fact]
    public void Sort_OfEqualKeys_KeepsTheirOrder()
    {
        var random = new Random(5);
        var items = Enumerable.Range(0, 1000).Select(i => (Key: random.Next(10), Index: i)).ToArray();
        var sorted = Sorting.Sort<(int Key, int Index)>([.. items], (a, b) => a.Key.CompareTo(b.Key));
        Assert.Equal(items.OrderBy(item => item.Key).ThenBy(item => item.Index), sorted);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"short\"", "\"short\"")]
    [InlineData("\"0123456789012345678901234567890123456789\"", "\"012345678901234567890123...\"")]
    [InlineData("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14]", "[0,1,2,3,4,5,6,7,8,9,10,1...]")]
    [InlineData("{\"key\":\"a rather long value that is cut\"}", "{\"key\":\"a rather long val...}")]
    [InlineData("\"éééééééééééééééééééé\"", "\"éééééééééééé...\"")]
    public void Excerpt_OfAValue_FitsIntoAMessage(string value, string excerpt) => Assert.Equal(excerpt, Kinds.Excerpt(JsonValue.Parse(value)));
}
