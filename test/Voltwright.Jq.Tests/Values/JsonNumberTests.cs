namespace Voltwright.Jq.Tests.Values;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e17, "1e+17")]
    [InlineData(123456789012345680.0, "123456789012345680")]
    [InlineData(1e300, "1e+300")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.PositiveInfinity, "1.7976931348623157e+308")]
    [InlineData(double.NegativeInfinity, "-1.7976931348623157e+308")]
    [InlineData(double.NaN, "null")]
    public void Number_ThatWasComputed_PrintsAsJq(double number, string text) => Assert.Equal(text, ((JsonValue)number).ToString());

    [Theory]
    [InlineData("1.10", "1.10")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1e1000", "1E+1000")]
    [InlineData("1E-7", "1E-7")]
    [InlineData("0.0000001", "1E-7")]
    [InlineData("007", "7")]
    public void Literal_ThatWasNotTouched_KeepsItsDigits(string literal, string text) => Assert.Equal(text, JsonValue.Parse(literal).ToString());

    [Fact]
    public void Number_ReadTheShortWay_IsTheOneOfTheLongWay()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 17))).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var point = random.Next(0, digits.Length + 1);
            var text = (random.Next(2) == 0 ? "-" : "") + (point == 0 ? "0" : digits[..point]) + (point == digits.Length ? "" : "." + digits[point..]);
            var read = JsonValue.Parse(text);
            Assert.True(JsonNumber.TryParse(text, out var slowly));
            Assert.Equal(BitConverter.DoubleToInt64Bits(slowly.AsDouble()), BitConverter.DoubleToInt64Bits(read.AsDouble()));
            Assert.Equal(slowly.ToString(), read.ToString());
            Assert.Equal(JsonNumber.Format(read.AsDouble()), ((JsonValue)read.AsDouble()).ToString());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-42)]
    public void WholeNumber_OfSixtyFourBits_ComesBackExactly(long number)
    {
        var value = JsonValue.FromInt64(number);
        Assert.True(JsonValue.Parse(value.ToString()).TryGetInt64(out var back));
        Assert.Equal(number, back);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e30")]
    [InlineData("\"1\"")]
    public void WholeNumber_OfAnythingElse_IsNone(string text) => Assert.False(JsonValue.Parse(text).TryGetInt64(out _));

    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("100000000000000000000", "100000000000000000001", -1)]
    [InlineData("-100000000000000000001", "-100000000000000000000", -1)]
    [InlineData("1.50", "1.5", 0)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("2", "10", -1)]
    public void Order_OfLiterals_CountsEveryDigit(string left, string right, int sign)
    {
        Assert.Equal(sign, Math.Sign(JsonValue.Parse(left).CompareTo(JsonValue.Parse(right))));
        Assert.Equal(-sign, Math.Sign(JsonValue.Parse(right).CompareTo(JsonValue.Parse(left))));
    }
}
