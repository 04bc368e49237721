namespace Voltwright.Jq.Builtins;

/// <summary>The gamma function by Lanczos' approximation (g = 7, nine terms), good to about 15 digits.</summary>
internal static class Gamma
{
    /// <summary>The factorial of one less is the last that is finite.</summary>
    private const int LargestFactorial = 171;

    private static readonly double[] Terms =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    public static double Of(double x)
    {
        if (x == 0)
            return Math.CopySign(double.PositiveInfinity, x);
        if (double.IsNegativeInfinity(x) || (x < 0 && x == Math.Floor(x)))
            return double.NaN;
        if (x < 0.5)
            return Math.PI / (Math.Sin(Math.PI * x) * Of(1 - x));
        if (x == Math.Floor(x) && x <= LargestFactorial)
            return Factorial((int)x - 1);
        return Math.Exp(Log(x));
    }

    /// <summary>The logarithm of the absolute value.</summary>
    public static double Log(double x)
    {
        if (double.IsInfinity(x) || (x <= 0 && x == Math.Floor(x)))
            return double.PositiveInfinity;
        if (x == Math.Floor(x) && x <= LargestFactorial)
            return Math.Log(Factorial((int)x - 1));
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - Log(1 - x);
        x--;
        var sum = Terms[0];
        for (var i = 1; i < Terms.Length; i++)
            sum += Terms[i] / (x + i);
        var t = x + Terms.Length - 1.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    public static double Sign(double x)
    {
        if (x == 0)
            return double.IsNegative(x) ? -1 : 1;
        return x > 0 || x == Math.Floor(x) || Math.Floor(x) % 2 == 0 ? 1 : -1;
    }

    private static double Factorial(int n)
    {
        var product = 1.0;
        for (var i = 2; i <= n; i++)
            product *= i;
        return product;
    }
}
