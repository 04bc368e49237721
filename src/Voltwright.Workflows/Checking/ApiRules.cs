using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>Calls of APIs whose description is known.</summary>
internal static class ApiRules
{
    public static void Find(CheckRound round)
    {
        foreach (var call in round.Subject.Plan.Points.Select(p => p.Task).OfType<CallHttpTask>())
        {
            if (call.Endpoint.Uri.Text is not { } address || ExpressionText.IsMarked(address) || round.Subject.Knowledge.Api(address) is not { } api
                || call.Method.Text is not { } method || ExpressionText.IsMarked(method))
                continue;
            if (api.Find(method, address) is { } operation)
                Request(call, operation, round);
            else
                Unknown(call, method, address, api, round);
        }
    }

    private static void Unknown(CallHttpTask call, string method, string address, ApiDescription api, CheckRound round)
    {
        var path = address[api.Address.Length..];
        var others = api.Operations.Where(o => api.Find(o.Method, address) == o).Select(o => o.Method.ToUpperInvariant()).ToArray();
        if (others.Length > 0)
        {
            round.Sink.Add(call.Method, Rules.UnknownOperation,
                $"The API has no {method.ToUpperInvariant()} at '{path}'.", $"there it has {string.Join(", ", others)}");
            return;
        }

        var wanted = ApiDescription.Segments(path);
        var near = api.Operations.Where(o => o.Path.Count == wanted.Length).OrderBy(o => o.Path.Zip(wanted, Distance).Sum())
            .ThenBy(o => o.Method.Equals(method, StringComparison.OrdinalIgnoreCase) ? 0 : 1).FirstOrDefault();
        round.Sink.Add(call.Endpoint.Uri, Rules.UnknownOperation, $"The API at {api.Address} has nothing at '{path}'.",
            near is null ? null : $"did you mean {near.Method.ToUpperInvariant()} {near.Template}?");
    }

    private static int Distance(string? own, string? given) => own is null || given is null ? (own == given ? 0 : 4) : Spelling.Distance(own, given);

    private static void Request(CallHttpTask call, ApiOperation operation, CheckRound round)
    {
        foreach (var parameter in call.Query?.Members ?? [])
        {
            if (!operation.Query.Contains(parameter.Name))
            {
                round.Sink.Add(parameter, Rules.RequestBody, $"'{operation.Template}' has no query parameter '{parameter.Name}'.",
                    Spelling.DidYouMean(parameter.Name, operation.Query)
                        ?? $"it has {(operation.Query.Count > 0 ? string.Join(", ", operation.Query) : "none")}");
            }
        }

        if (operation.Body is not { Object: { } expected })
            return;
        if (call.Body is not { } body)
        {
            round.Sink.Add(call, Rules.RequestBody, $"'{operation.Method.ToUpperInvariant()} {operation.Template}' needs a body.",
                $"give 'body', {ShapeText.Of(operation.Body)}");
            return;
        }

        if (round.Observations.Sent.GetValueOrDefault(body) is { } sent && !sent.IsAny)
            Compare(call.Source["with"]!.Find("body")!, body, sent, expected, "The body", round);
    }

    private static void Compare(SourceMember at, SourceNode written, Shape sent, ObjectShape expected, string what, CheckRound round)
    {
        if (sent.Object is not { } given)
        {
            round.Sink.Add(at, Rules.RequestBody, $"{what} is {ShapeText.Of(sent)}, and the API takes an object.");
            return;
        }

        foreach (var (name, member) in given.Members)
        {
            var place = written.Find(name) ?? at;
            if (!expected.Can(name))
            {
                if (member.IsRequired)
                    round.Sink.Add(place, Rules.RequestBody, $"{what} has '{name}', which the API does not know and refuses.",
                        Spelling.DidYouMean(name, expected.Members.Keys) ?? $"it takes {string.Join(", ", expected.Members.Keys)}");
            }
            else if (member.Shape.And(expected[name]).IsNever)
            {
                round.Sink.Add(place, Rules.RequestBody, $"'{name}' is {ShapeText.Of(member.Shape)}, and the API takes {ShapeText.Of(expected[name])}.");
            }
            else if (expected[name].Object is { } inner && member.Shape.OfKind("object").Equals(member.Shape))
            {
                Compare(place, place.Value, member.Shape, inner, $"'{name}'", round);
            }
        }

        string[] missing = [.. expected.Members.Where(m => m.Value.IsRequired && !given.Can(m.Key)).Select(m => $"'{m.Key}'")];
        if (missing.Length > 0)
        {
            round.Sink.Add(at, Rules.RequestBody, $"{what} has no {string.Join(", no ", missing)}, which the API requires.",
                $"add {string.Join(", ", missing)}");
        }

    }
}
