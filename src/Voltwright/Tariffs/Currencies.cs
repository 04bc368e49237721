namespace Voltwright.Tariffs;

/// <summary>How many minor units a unit of a currency has (ISO 4217, list one).</summary>
public static class Currencies
{
    /// <summary>Decimals of an amount in units of the currency: 2 for EUR, 0 for JPY, 3 for KWD. Unknown currencies have two.</summary>
    public static int DecimalsOf(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF"
            or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };

    /// <summary>One minor unit, in units of the currency: 0.01 for EUR.</summary>
    public static decimal MinorUnitOf(string currency) => new(1, 0, 0, false, (byte)DecimalsOf(currency));
}
