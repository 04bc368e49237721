namespace Voltwright.Jq.Builtins;

/// <summary>Bessel functions of the first and second kind, orders 0 and 1, integrated numerically (Bessel's integrals).</summary>
internal static class Bessel
{
    private const int Steps = 2000;

    /// <summary>How many points are looked at, the more the faster it oscillates.</summary>
    public static int Points(double x) => Steps + (int)Math.Min(Math.Abs(x), 1e6);

    /// <summary>The trapezoid rule over a whole period converges geometrically: the integrand is periodic and smooth.</summary>
    public static double J(int order, double x)
    {
        if (!double.IsFinite(x))
            return double.IsNaN(x) ? x : 0;
        if (x == 0)
            return order == 0 ? 1 : 0;
        var points = Points(x);
        var sum = 0.0;
        for (var i = 0; i < points; i++)
        {
            var t = 2 * Math.PI * i / points;
            sum += Math.Cos((order * t) - (x * Math.Sin(t)));
        }

        return sum / points;
    }

    public static double Y(int order, double x)
    {
        if (x <= 0 || !double.IsFinite(x))
            return x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? 0 : double.NaN;
        var first = Simpson(t => Math.Sin((x * Math.Sin(t)) - (order * t)), 0, Math.PI, Steps + (2 * (int)Math.Min(x, 1e6)));
        var upper = Math.Asinh(750 / x);
        var second = Simpson(
            t => (Math.Exp(order * t) + (Math.Exp(-order * t) * (order % 2 == 0 ? 1 : -1))) * Math.Exp(-x * Math.Sinh(t)), 0, upper, 20 * Steps);
        return (first - second) / Math.PI;
    }

    private static double Simpson(Func<double, double> f, double from, double to, int steps)
    {
        var width = (to - from) / steps;
        var sum = f(from) + f(to);
        for (var i = 1; i < steps; i++)
            sum += f(from + (i * width)) * (i % 2 == 0 ? 2 : 4);
        return sum * width / 3;
    }
}
