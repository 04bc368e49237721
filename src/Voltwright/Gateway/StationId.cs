namespace Voltwright.Gateway;

/// <summary>What may stand in an address or a topic as a station's id: letters, digits and <c>- _ . : =</c>, 48 at most.</summary>
public static class StationId
{
    public static bool IsValid(string id) => id.Length is > 0 and <= 48 && id.All(IsAllowed) && id is not ("." or "..");

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '=';
}
