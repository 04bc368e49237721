namespace Voltwright.Stations;

/// <summary>A place with stations: stream <c>site/{id}</c>. A station stands at one site at most.</summary>
/// <param name="TimeZone">IANA name, such as <c>Europe/Vienna</c>: in which zone its hours and days are counted.</param>
public sealed record Site(string Id, string Name, string? Address = null, string TimeZone = "UTC")
{
    public const string StreamKind = "site";

    /// <summary>Null when such a site can be.</summary>
    public string? Problem() =>
        Id is "." or ".." || Id.Length is < 1 or > 48 || Id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_' or '.'))
            ? "A site's id has 1 to 48 small letters, digits or characters of -_."
        : Name.Trim().Length is < 1 or > 100 ? "A site's name has 1 to 100 characters."
        : Address?.Length > 300 ? "A site's address has at most 300 characters."
        : !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? $"'{TimeZone}' is no time zone known here: give an IANA name such as Europe/Vienna."
        : null;
}
