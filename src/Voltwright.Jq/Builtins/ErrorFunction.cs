namespace Voltwright.Jq.Builtins;

/// <summary>The error function: a series of positive terms near zero, a continued fraction further out.</summary>
internal static class ErrorFunction
{
    private const double SeriesLimit = 2.5;
    private const int Fractions = 60;

    public static double Of(double x) => Math.Abs(x) < SeriesLimit ? Series(x) : x < 0 ? Tail(-x) - 1 : 1 - Tail(x);

    public static double Complement(double x) => Math.Abs(x) < SeriesLimit ? 1 - Series(x) : x < 0 ? 2 - Tail(-x) : Tail(x);

    private static double Series(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17 && n < 200; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Tail(double x)
    {
        if (double.IsNaN(x) || double.IsInfinity(x))
            return double.IsNaN(x) ? x : 0;
        var fraction = x;
        for (var n = Fractions; n > 0; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
