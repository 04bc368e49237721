namespace Voltwright.Server.Driver;

/// <summary>Where a driver stands between the first look at the page and the receipt.</summary>
public enum Moment
{
    /// <summary>Nothing is begun on this phone.</summary>
    Choosing,

    /// <summary>The provider's page is open, or was left; nothing is held yet.</summary>
    Paying,

    /// <summary>The card is entered; the workflow decides.</summary>
    Asked,

    /// <summary>Nothing came of it: the card can be entered again.</summary>
    Refused,

    /// <summary>A slot is kept; the car is not plugged in yet, or the station has not begun.</summary>
    Waiting,

    Charging,

    /// <summary>Stopping is asked for.</summary>
    Stopping,

    /// <summary>Charging is over; the payment is under way.</summary>
    Settling,

    Paid,

    /// <summary>The payment was refused.</summary>
    Unpaid,

    /// <summary>It was ended before anything flowed.</summary>
    Cancelled,
}
