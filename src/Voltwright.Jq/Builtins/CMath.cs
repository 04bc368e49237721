namespace Voltwright.Jq.Builtins;

/// <summary>The functions of C's <c>math.h</c> that jq offers by name.</summary>
internal static class CMath
{
    public static readonly (string Name, Func<double, double> Function)[] OfOne =
    [
        ("floor", Math.Floor), ("ceil", Math.Ceiling), ("sqrt", Math.Sqrt), ("fabs", Math.Abs), ("cbrt", Cbrt),
        ("round", x => Math.Round(x, MidpointRounding.AwayFromZero)), ("trunc", Math.Truncate),
        ("rint", x => Math.Round(x, MidpointRounding.ToEven)), ("nearbyint", x => Math.Round(x, MidpointRounding.ToEven)),
        ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("asin", Math.Asin), ("acos", Math.Acos), ("atan", Math.Atan),
        ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh), ("asinh", Math.Asinh), ("acosh", Math.Acosh), ("atanh", Math.Atanh),
        ("exp", Math.Exp), ("exp2", Exp2), ("exp10", Exp10), ("pow10", Exp10), ("expm1", Expm1),
        ("log", Math.Log), ("log2", Math.Log2), ("log10", Math.Log10), ("log1p", Log1p), ("logb", Logb),
        ("significand", Significand), ("gamma", Gamma.Log), ("lgamma", Gamma.Log), ("tgamma", Gamma.Of),
        ("erf", ErrorFunction.Of), ("erfc", ErrorFunction.Complement),
    ];

    public static readonly (string Name, Func<double, double, double> Function)[] OfTwo =
    [
        ("pow", Math.Pow), ("atan2", Math.Atan2), ("fmod", (x, y) => x % y), ("drem", Math.IEEERemainder), ("remainder", Math.IEEERemainder),
        ("fmin", Least), ("fmax", Greatest), ("fdim", (x, y) => double.IsNaN(x) || double.IsNaN(y) ? double.NaN : Math.Max(x - y, 0)),
        ("hypot", double.Hypot), ("copysign", Math.CopySign), ("nextafter", NextAfter), ("nexttoward", NextAfter),
        ("ldexp", ScaleByPower), ("scalb", ScaleByWhole), ("scalbln", ScaleByPower),
    ];

    /// <summary>A fraction from a half up to one, and the power of two it is to be multiplied with.</summary>
    public static (double Fraction, double Exponent) Frexp(double x)
    {
        if (x == 0 || !double.IsFinite(x))
            return (x, 0);
        var exponent = Math.ILogB(x) + 1;
        return (Math.ScaleB(x, -exponent), exponent);
    }

    /// <summary>The fraction and the whole part, both with the number's sign.</summary>
    public static (double Fraction, double Whole) Modf(double x) =>
        double.IsInfinity(x) ? (Math.CopySign(0, x), x) : (Math.CopySign(x - Math.Truncate(x), x), Math.Truncate(x));

    /// <summary>The framework's root may be off by the last bit; one step of Newton's makes cubes exact.</summary>
    private static double Cbrt(double x)
    {
        var root = Math.Cbrt(x);
        return root == 0 || !double.IsFinite(root) ? root : root - (((root * root * root) - x) / (3 * root * root));
    }

    private static double Exp2(double x) => Math.Pow(2, x);

    private static double Exp10(double x) => Math.Pow(10, x);

    private static double Expm1(double x) => Math.Abs(x) > 0.3 ? Math.Exp(x) - 1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    private static double Log1p(double x) => Math.Abs(x) > 0.3 ? Math.Log(1 + x) : 2 * Math.Atanh(x / (2 + x));

    private static double Logb(double x) => x == 0 ? double.NegativeInfinity : double.IsInfinity(x) ? double.PositiveInfinity
        : double.IsNaN(x) ? x : Math.ILogB(x);

    private static double Significand(double x) => x == 0 || !double.IsFinite(x) ? x : Math.ScaleB(x, -Math.ILogB(x));

    private static double Least(double x, double y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Min(x, y);

    private static double Greatest(double x, double y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Max(x, y);

    private static double NextAfter(double x, double y) => double.IsNaN(y) || x == y ? y : y > x ? Math.BitIncrement(x) : Math.BitDecrement(x);

    /// <summary>Unlike <c>ldexp</c> it takes no part of a power.</summary>
    private static double ScaleByWhole(double x, double power) =>
        double.IsInfinity(power) ? (power > 0 ? x * power : x / -power)
        : power == Math.Truncate(power) ? ScaleByPower(x, power) : double.NaN;

    private static double ScaleByPower(double x, double power) => double.IsNaN(power) ? power
        : Math.ScaleB(x, (int)Math.Clamp(power, -100_000, 100_000));
}
