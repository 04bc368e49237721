using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles what the host does for a run: calls by other protocols, and processes.</summary>
internal sealed class InvocationCompiler(ProgramCompiler program, ReadingContext context)
{
    private readonly HttpCompiler _http = new(program);

    // Whatever is called 'authentication' in there is the author's own data.
    private static readonly string[] Data = ["parameters", "arguments", "payload", "headers", "variables", "environment"];

    public TaskNode Call(CallProtocolTask task, TaskNode.TaskFrame frame, CompileScope scope) => task.With["subscription"] is { } subscription
        ? Subscription(task, subscription, frame, scope)
        : new InvokeNode(task.Protocol, Request(task.With, [], scope), isAwaited: true) { Frame = frame };

    public InvokeNode Run(RunTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        SourceNode Constant(JsonValue value) => SourceNode.Leaf(task.Process.Line, task.Process.Column, value);
        var request = SourceNode.Mapping(task.Process.Line, task.Process.Column,
        [
            new SourceMember("process", task.Process.Line, task.Process.Column, task.Process),
            new SourceMember("await", task.Process.Line, task.Process.Column, Constant(task.Await)),
            new SourceMember("return", task.Process.Line, task.Process.Column, Constant(task.Return)),
        ]);
        return new InvokeNode(task.Kind, Request(request, [], scope), task.Await) { Frame = frame };
    }

    private SubscriptionNode Subscription(CallProtocolTask task, SourceNode subscription, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var consume = subscription["consume"]!;
        CompiledExpression? Part(SourceNode? node) => program.Expressions.Expression(node, Place.TaskBody, scope.Variables);
        var duration = new PartReader(new ReadingContext(context.SourceName)).Duration(consume["for"], "for");
        var limit = new ConsumptionLimit(
            consume["amount"] is { } amount && amount.Scalar.TryGetInt64(out var count) ? count : null,
            Part(consume["while"]), Part(consume["until"]), program.Duration(duration, scope));
        return new SubscriptionNode(
            Request(task.With, ["subscription"], scope), Part(subscription["filter"]), limit,
            new ListenCompiler(program, context).Iteration(task.ForEach, scope))
        {
            Frame = frame,
        };
    }

    /// <param name="without">Members that are not evaluated now.</param>
    public RequestTemplate Request(SourceNode with, IReadOnlyList<string> without, CompileScope scope)
    {
        var addresses = new List<(string[], UriTemplate)>();
        var credentials = new List<(string[], HttpCredentials)>();
        var body = Plain(with, [], without, scope, addresses, credentials);
        return new RequestTemplate(program.Expressions.Template(body, Place.TaskBody, scope.Variables), addresses, credentials);
    }

    // The request without the places that are compiled otherwise.
    private SourceNode Plain(
        SourceNode node, string[] path, IReadOnlyList<string> without, CompileScope scope,
        List<(string[], UriTemplate)> addresses, List<(string[], HttpCredentials)> credentials)
    {
        if (node.Members is null)
            return node;
        var members = new List<SourceMember>();
        foreach (var member in node.Members)
        {
            string[] place = [.. path, member.Name];
            if (path.Length == 0 && without.Contains(member.Name))
                continue;
            if (member.Name == "authentication" && Authentication(member.Value) is { } definition)
            {
                if (_http.Credentials(definition, scope) is { } resolved)
                    credentials.Add((place, resolved));
            }
            else if (IsAddress(member) && member.Value.Text is { } text && !ExpressionText.IsMarked(text))
            {
                addresses.Add((place, UriTemplate.Parse(text)));
            }
            else
            {
                var value = Data.Contains(member.Name) ? member.Value : Plain(member.Value, place, without, scope, addresses, credentials);
                members.Add(new SourceMember(member.Name, member.Line, member.Column, value));
            }
        }

        return SourceNode.Mapping(node.Line, node.Column, members);
    }

    private static bool IsAddress(SourceMember member) => member.Name is "endpoint" or "uri" or "server";

    // Read once already, with its findings; here only for what it means.
    private AuthenticationDefinition? Authentication(SourceNode node) => node.Text is not null
        ? new AuthenticationDefinition(node, node, null, null, null)
        : new PartReader(new ReadingContext(context.SourceName)).Authentication(node, mayUse: true);
}
