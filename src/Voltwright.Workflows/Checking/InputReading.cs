using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Checking;

/// <summary>Whether tasks look at their input at all, or only at the context and other arguments.</summary>
internal static class InputReading
{
    public static bool Reads(TaskDefinition task)
    {
        var properties = task.Properties;
        if (Reads(properties.If))
            return true;
        // With 'input.from' all else sees what that gives.
        if (properties.Input?.Transform is { } from)
            return Reads(from);
        return task switch
        {
            SwitchTask choice => choice.Cases.Any(c => Reads(c.When)),
            SetTask set => Reads(set.Value),
            CallHttpTask call => Reads(call.Body) || Reads(call.Query) || Reads(call.Headers) || ReadsAddress(call.Endpoint.Uri),
            EmitTask emit => Reads(emit.With),
            ForTask loop => Reads(loop.In),
            CallFunctionTask call => call.With is null || Reads(call.With),
            CallProtocolTask call => Reads(call.With),
            RunTask run => Reads(run.Process),
            RaiseTask { Error: { } error } => Reads(error.Source),
            DoTask { Do.Tasks: [var first, ..] } => Reads(first),
            TryTask { Try.Tasks: [var first, ..] } => Reads(first),
            _ => false,
        };
    }

    /// <summary>Whether an expression, or one in a template, reads a member of its input.</summary>
    public static bool Reads(SourceNode? node)
    {
        if (node is null)
            return false;
        if (node.Members is { } members)
            return members.Any(m => Reads(m.Value));
        if (node.Items is { } items)
            return items.Any(Reads);
        return node.Text is not null && ParsedExpression.Of(node) is { } expression
            && (ExpressionText.IsMarked(node.Text) || IsPath(expression.Body) || expression.Body is BinaryNode or CallNode or ObjectNode or PipeNode)
            && expression.Nodes().Any(n => n is IndexNode { Target: IdentityNode } or VariableNode { Name: "input" });
    }

    private static bool ReadsAddress(SourceNode address) =>
        ExpressionText.IsMarked(address.Text!) ? Reads(address) : UriTemplate.Parse(address.Text!).Names.Any();

    private static bool IsPath(Node node) => node is IdentityNode or VariableNode || (node is IndexNode index && IsPath(index.Target));
}
