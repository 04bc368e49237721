namespace Voltwright.Jq.Tests.Builtins;

/// <summary>Functions whose last digits may differ from one C library to another.</summary>
public sealed class NumericTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("4.5 | tgamma", 11.631728396567448)]
    [InlineData("-1.5 | tgamma", 2.3632718012073544)]
    [InlineData("10 | tgamma", 362880)]
    [InlineData("100.5 | lgamma", 361.4355404677806)]
    [InlineData("0.25 | lgamma", 1.2880225246980774)]
    [InlineData("1.5 | j0", 0.5118276717359181)]
    [InlineData("1.5 | j1", 0.5579365079100996)]
    [InlineData("20 | j0", 0.16702466434058316)]
    [InlineData("1e-10 | log1p", 9.9999999995e-11)]
    [InlineData("1e-10 | expm1", 1.00000000005e-10)]
    [InlineData("27 | cbrt", 3)]
    [InlineData("2 | exp10", 100)]
    [InlineData("[3, 4] | pow(.[0]; 2) + pow(.[1]; 2) | sqrt", 5)]
    public void Function_OfTheCLibrary_IsExactEnough(string source, double expected)
    {
        var value = JqProgram.Compile(source).First(default).Value.AsDouble();
        Assert.True(Math.Abs(value - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{value} is not {expected}");
    }

    [Theory]
    [InlineData("1.5 | y0", 0.38244892379775886)]
    [InlineData("1.5 | y1", -0.4123086269739113)]
    [InlineData("0.1 | y0", -1.5342386513503667)]
    public void Function_IntegratedNumerically_IsCloseEnough(string source, double expected) =>
        Assert.Equal(expected, JqProgram.Compile(source).First(default).Value.AsDouble(), 1e-7);
}
