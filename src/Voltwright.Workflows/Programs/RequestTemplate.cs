using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>What a host is asked for, with the places in it that are no ordinary values: addresses and authentications.</summary>
/// <param name="Addresses">URI templates by their path in the request.</param>
/// <param name="Credentials">By the path of the <c>authentication</c> that they replace.</param>
internal sealed record RequestTemplate(
    ValueTemplate Body, IReadOnlyList<(string[] Path, UriTemplate Address)> Addresses, IReadOnlyList<(string[] Path, HttpCredentials Credentials)> Credentials)
{
    private static readonly string[][] Places = [["authentication"], ["service", "authentication"], ["server", "authentication"],
        ["transport", "http", "endpoint", "authentication"]];

    /// <summary>False, with the machine's error set, when something cannot be evaluated.</summary>
    public bool Prepare(RunMachine machine, out JsonValue request)
    {
        var input = machine.Current.Input;
        if (!machine.Evaluate(Body, input, out request))
            return false;
        foreach (var (path, address) in Addresses)
        {
            if (!machine.Succeeded(address.Expand(input), out var expanded))
                return false;
            request = Set(request, path, expanded);
        }

        foreach (var (path, credentials) in Credentials)
        {
            if (!credentials.Resolve(machine, input, out var authorization))
                return false;
            request = Set(request, path, authorization!.ToJson());
        }

        return true;
    }

    /// <summary>Who the call itself is made as (DSL, Authorization Descriptor); resources that it needs do not count.</summary>
    public static JsonValue DescribeAuthorization(JsonValue request)
    {
        foreach (var place in Places)
        {
            var found = place.Aggregate(request, (value, name) => value[name]);
            if (HttpAuthorization.FromJson(found) is { } authorization)
                return authorization.Describe();
        }

        return default;
    }

    private static JsonValue Set(JsonValue value, ReadOnlySpan<string> path, JsonValue part) =>
        path.IsEmpty ? part : (value.TryGetObject(out var members) ? members : JsonObject.Empty).With(path[0], Set(value[path[0]], path[1..], part));
}
