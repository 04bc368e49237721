using System.Text;
using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary>A text in the making. It ends the evaluation as soon as it is longer than the budget allows, not when it is done.</summary>
internal sealed class BoundedText(Machine m)
{
    private readonly StringBuilder _text = new();

    /// <summary>False: the budget is used up.</summary>
    public bool Append(ReadOnlySpan<char> part)
    {
        if (_text.Length + part.Length > m.Budget.OutputBytes)
            return m.Exhaust("text", "bytes", m.Budget.OutputBytes);
        _text.Append(part);
        return m.Work(part.Length);
    }

    /// <summary>Appends with others in the place of the special characters.</summary>
    public bool Append(ReadOnlySpan<char> part, string special, Func<char, string> replacement)
    {
        while (part.IndexOfAny(special) is var next and >= 0)
        {
            if (!Append(part[..next]) || !Append(replacement(part[next])))
                return false;
            part = part[(next + 1)..];
        }

        return Append(part);
    }

    public JsonValue ToValue() => m.ChargeText(_text.Length) ? _text.ToString() : JsonValue.Failed;
}
