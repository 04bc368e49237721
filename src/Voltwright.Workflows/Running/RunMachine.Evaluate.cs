using System.Reflection;
using Voltwright.Jq;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Running;

// Expressions, and the values they ask for.
internal sealed partial class RunMachine
{
    private static readonly JsonValue RuntimeDescriptor = JsonObject.Of(
        ("name", "Voltwright"),
        ("version", typeof(RunMachine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"),
        ("metadata", JsonObject.Empty));

    private JsonValue? _workflow;
    private JsonValue? _secretValues;

    /// <summary>False, with <see cref="Error"/> set, when it fails. No template leaves the value as it is.</summary>
    public bool Evaluate(ValueTemplate? template, JsonValue input, out JsonValue value)
    {
        value = input;
        return template is null || Succeeded(template.Evaluate(this, input), out value);
    }

    /// <inheritdoc cref="Evaluate(ValueTemplate?, JsonValue, out JsonValue)"/>
    public bool Evaluate(CompiledExpression expression, JsonValue input, out JsonValue value) => Succeeded(expression.Evaluate(this, input), out value);

    /// <summary>False, with <see cref="Error"/> set, when it fails.</summary>
    public bool Duration(CompiledDuration? duration, JsonValue input, out TimeSpan? value)
    {
        value = null;
        if (duration is null)
            return true;
        if (!Succeeded(duration.Evaluate(this, input, out var span), out _))
            return false;
        value = span;
        return true;
    }

    public bool Succeeded(Evaluation evaluation, out JsonValue value)
    {
        value = evaluation.Value;
        if (!evaluation.Failed)
            return true;
        Error = Problem(evaluation.Fault, evaluation.Detail!);
        return false;
    }

    public bool HasSecret(string name) => _secrets is not null && _secrets.ContainsKey(name) && _program.Secrets.Contains(name);

    public bool TryGetSecret(string name, out JsonValue value)
    {
        value = default;
        return HasSecret(name) && _secrets!.TryGetValue(name, out value);
    }

    public JsonValue Get(ArgumentSlot slot) => slot.Argument switch
    {
        Argument.Context => Context,
        Argument.Input => Current.Input,
        Argument.Output => Current.Transformed,
        Argument.Secrets => _secretValues ??= SecretValues(),
        Argument.Authorization => Current.Authorization,
        Argument.Task => Current.Describe(),
        Argument.Workflow => _workflow ??= DescribeWorkflow(),
        Argument.Runtime => RuntimeDescriptor,
        _ => Variable(slot.Name),
    };

    private JsonValue Variable(string name)
    {
        for (var strand = _strand; strand is not null; strand = StrandOf(strand.Parent))
        {
            for (var i = strand.Stack.Count - 1; i >= 0; i--)
            {
                if (strand.Stack[i].TryGetVariable(name, out var value))
                    return value;
            }
        }

        return default;
    }

    private Strand? StrandOf(int id) => id == Strand.NoParent ? null : _memory.Strands.Find(s => s.Id == id);

    private JsonValue SecretValues()
    {
        var values = new JsonObject.Builder();
        foreach (var name in _program.Secrets)
        {
            if (TryGetSecret(name, out var value))
                values.Set(name, value);
        }

        return values.ToObject();
    }

    // DSL, Workflow Descriptor.
    private JsonValue DescribeWorkflow() => JsonObject.Of(
        ("id", _memory.Id),
        ("definition", _program.Definition.Json),
        ("input", _memory.Input),
        ("startedAt", Timestamps.Describe(_memory.StartedAt)));
}
