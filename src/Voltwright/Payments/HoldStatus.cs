using System.Text.Json.Serialization;

namespace Voltwright.Payments;

/// <summary>opening → open → held → capturing → captured, or → releasing → released; opening or open → lapsed.</summary>
[JsonConverter(typeof(KebabCase<HoldStatus>))]
public enum HoldStatus
{
    /// <summary>The provider is being asked for a page on which to pay.</summary>
    Opening,

    /// <summary>The driver has the page.</summary>
    Open,

    /// <summary>The provider holds the amount: the hold can charge, once.</summary>
    Held,

    /// <summary>How much to take is decided; the provider has not confirmed it.</summary>
    Capturing,

    Captured,

    /// <summary>Nothing is to be taken; the provider has not confirmed that it gave the amount back.</summary>
    Releasing,

    Released,

    /// <summary>The driver did not pay; nothing was ever held.</summary>
    Lapsed,
}
