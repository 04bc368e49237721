using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>The first true case wins, else the default, else the task's own <c>then</c>. The input passes through.</summary>
internal sealed class SwitchNode((CompiledExpression When, Directive Then)[] cases, Directive? otherwise) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        var input = machine.Current.Input;
        machine.Value = input;
        machine.Then = otherwise;
        foreach (var (when, then) in cases)
        {
            if (!machine.Evaluate(when, input, out var met))
                return Move.Fail;
            if (!met.IsTruthy)
                continue;
            machine.Then = then;
            break;
        }

        return Move.Finish;
    }
}
