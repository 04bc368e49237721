namespace Voltwright.Payments;

/// <summary>How long what may take with a payment that is held.</summary>
internal static class HoldTimes
{
    /// <summary>For paying. Stripe takes no less than 30 minutes.</summary>
    public static readonly TimeSpan ToPay = TimeSpan.FromMinutes(33);

    /// <summary>Most drivers have paid by then.</summary>
    public static readonly TimeSpan MostlyPaid = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan BetweenFirstLooks = TimeSpan.FromSeconds(15);

    /// <summary>After that, the driver has gone: what was paid late starts nothing.</summary>
    public static readonly TimeSpan ToStart = TimeSpan.FromMinutes(10);

    /// <summary>From the tap until there is a session, or there will be none.</summary>
    public static readonly TimeSpan ToLease = TimeSpan.FromMinutes(2);

    /// <summary>A session that no workflow billed by then is not billed.</summary>
    public static readonly TimeSpan ToBill = TimeSpan.FromDays(3);

    /// <summary>Where neither the provider's word nor an event tells.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    /// <summary>A lease that is being decided at the same moment shows by then.</summary>
    public static readonly TimeSpan BeforeRelease = TimeSpan.FromSeconds(3);
}
