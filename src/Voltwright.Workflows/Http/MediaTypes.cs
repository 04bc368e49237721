namespace Voltwright.Workflows.Http;

/// <summary>What a content type says about how to read and write a body.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    public static bool IsJson(string contentType) =>
        Name(contentType) is var name && (name.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    public static bool IsProblem(string contentType) => Name(contentType).Equals("application/problem+json", StringComparison.OrdinalIgnoreCase);

    public static bool IsForm(string contentType) =>
        Name(contentType).Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    public static bool IsText(string contentType)
    {
        var name = Name(contentType);
        return name.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || IsForm(contentType)
            || name.EndsWith("xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith("yaml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("javascript", StringComparison.OrdinalIgnoreCase);
    }

    private static string Name(string contentType) => contentType.Split(';', 2)[0].Trim();
}
