namespace Voltwright.Server.Driver;

/// <summary>Why what a form asked for was not done.</summary>
public enum DriverProblem
{
    NoCard,
    CardUnknown,
    CardBlocked,
    CardExpired,
    CardInUse,
    TooManyAttempts,
    NotYours,
}
