using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

internal sealed class RaiseNode(ValueTemplate type, ValueTemplate status, ValueTemplate? title, ValueTemplate? detail) : TaskNode
{
    private static readonly ConstantTemplate Nothing = new(default);

    public override Move Begin(RunMachine machine)
    {
        var input = machine.Current.Input;
        if (!machine.Evaluate(type, input, out var typeValue) || !machine.Evaluate(status, input, out var statusValue)
            || !machine.Evaluate(title ?? Nothing, input, out var titleValue) || !machine.Evaluate(detail ?? Nothing, input, out var detailValue))
        {
            return Move.Fail;
        }

        if (!typeValue.IsString || !statusValue.TryGetInt64(out _))
        {
            var (wrongType, wrongStatus) = (StateWeight.Show(typeValue), StateWeight.Show(statusValue));
            return machine.Raise(
                ErrorKind.Configuration, $"An error needs a type that is text and a status that is a whole number, not {wrongType} and {wrongStatus}.");
        }

        return machine.Raise(ProblemDetails.Of(typeValue, statusValue, Text(titleValue), Text(detailValue), Pointer));
    }

    private static JsonValue Text(JsonValue value) => value.IsNull || value.IsString ? value : StateWeight.Show(value);
}
