using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;
using Voltwright.Jq;

namespace Voltwright.Workflows.Expressions;

/// <summary>
/// An expression in JavaScript (DSL reference, Evaluate). The arguments have their names, <c>$context</c>; <c>$</c> is the value that the
/// expression is evaluated on, as <c>.</c> is in jq. It sees nothing else of the process, and is bounded by what it executes and allocates.
/// </summary>
internal sealed class JavaScriptProgram
{
    private const int Statements = 1_000_000;
    private const long Memory = 64 << 20;
    private static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(100);

    private readonly Prepared<Script> _script;
    private readonly string[] _names;

    private JavaScriptProgram(Prepared<Script> script, string[] names)
    {
        _script = script;
        _names = names;
    }

    /// <summary>Null, with the reason, when the text is no JavaScript.</summary>
    public static JavaScriptProgram? Compile(string text, IEnumerable<string> names, out string? problem)
    {
        problem = null;
        // In parentheses an object is an object, and not a block.
        foreach (var attempt in new[] { $"({text}\n)", text })
        {
            try
            {
                return new JavaScriptProgram(Engine.PrepareScript(attempt), [.. names]);
            }
            catch (ScriptPreparationException e)
            {
                problem = e.InnerException?.Message ?? e.Message;
            }
        }

        return null;
    }

    /// <summary><c>undefined</c> is null. The problem is null when there is none.</summary>
    public JsonValue Evaluate(JsonValue input, ReadOnlySpan<JsonValue> values, out string? problem)
    {
        problem = null;
        using var engine = new Engine(o => o.LimitMemory(Memory).MaxStatements(Statements).LimitRecursion(500).RegexTimeoutInterval(RegexTime));
        try
        {
            var parser = new JsonParser(engine);
            engine.SetValue("$", parser.Parse(input.ToString()));
            for (var i = 0; i < _names.Length; i++)
                engine.SetValue("$" + _names[i], parser.Parse(values[i].ToString()));
            var text = new JsonSerializer(engine).Serialize(engine.Evaluate(_script));
            return text.IsUndefined() ? default : JsonValue.Parse(text.AsString());
        }
        catch (Exception e) when (e is JintException or TimeoutException or JsonFormatException or InvalidOperationException)
        {
            problem = e.Message;
            return default;
        }
    }
}
