using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Http;

/// <summary>Simple string expansion (RFC 6570, 3.2.2) as the DSL has it: names verbatim, from the top level of the task's input.</summary>
internal sealed class UriTemplate
{
    // Literal, name, literal, name, …
    private readonly string[] _parts;

    private UriTemplate(string[] parts) => _parts = parts;

    public IEnumerable<string> Names => _parts.Where((_, i) => i % 2 == 1);

    public static UriTemplate Parse(string text)
    {
        var parts = new List<string>();
        var position = 0;
        while (text.IndexOf('{', position) is var open and >= 0 && text.IndexOf('}', open) is var close and >= 0)
        {
            parts.Add(text[position..open]);
            parts.Add(text[(open + 1)..close]);
            position = close + 1;
        }

        parts.Add(text[position..]);
        return new UriTemplate([.. parts]);
    }

    /// <summary>An unknown name expands to nothing; an array or an object is an expression error.</summary>
    public Evaluation Expand(JsonValue input)
    {
        if (_parts.Length == 1)
            return new Evaluation(_parts[0]);
        var text = new StringBuilder();
        for (var i = 0; i < _parts.Length; i++)
        {
            if (i % 2 == 0)
                text.Append(_parts[i]);
            else if (UriText.Scalar(input[_parts[i]]) is { } value)
                text.Append(Uri.EscapeDataString(value));
            else
                return new Evaluation(default, ErrorKind.Expression, $"'{{{_parts[i]}}}' stands for an array or an object; an address takes only scalars.");
        }

        return new Evaluation(text.ToString());
    }
}
