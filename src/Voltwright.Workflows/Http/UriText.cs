using System.Text;
using Voltwright.Jq;

namespace Voltwright.Workflows.Http;

/// <summary>Writing parts of addresses.</summary>
internal static class UriText
{
    /// <summary>A scalar as text: strings without quotes, null as nothing; null when the value is an array or an object.</summary>
    public static string? Scalar(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => "",
        JsonKind.String => value.AsString(),
        JsonKind.Array or JsonKind.Object => null,
        _ => value.ToString(),
    };

    /// <summary><c>a=1&amp;b=x%20y</c>; an array repeats its name, null leaves it out, an object travels as JSON.</summary>
    public static string Query(JsonObject parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            foreach (var item in value.TryGetArray(out var items) ? items.ToArray() : [value])
            {
                if (item.IsNull)
                    continue;
                text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=')
                    .Append(Uri.EscapeDataString(Scalar(item) ?? item.ToString()));
            }
        }

        return text.ToString();
    }

    /// <summary>Adds a query to an address that may have one already, and a fragment.</summary>
    public static string WithQuery(string uri, string query)
    {
        if (query.Length == 0)
            return uri;
        var hash = uri.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (uri, "") : (uri[..hash], uri[hash..]);
        return address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query + fragment;
    }
}
