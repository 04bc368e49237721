using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Conformance;

/// <summary>Stands in for the pet store and for the service that checks credentials.</summary>
internal static class PetStore
{
    public static RunEvent Answer(TestHost host, CallHttp call)
    {
        var uri = new Uri(call.Request.Uri);
        var (path, query) = (uri.AbsolutePath, uri.Query);
        if (uri.Host == "httpbin.org")
            return Login(host, call, uri.Segments);
        if (path == "/v2/pet/findByStatus")
            return host.Answer(call, 200, $"[{Pet(1, query.Split('=')[1])}, {Pet(2, "sold")}]");
        return int.TryParse(path.Split('/')[^1], out var id)
            ? host.Answer(call, 200, Pet(id, "available").ToString())
            : host.Answer(call, 404, "no such pet", "text/plain");
    }

    private static JsonValue Pet(int id, string status) => JsonObject.Of(("id", id), ("name", $"pet {id}"), ("status", status));

    private static RunEvent Login(TestHost host, CallHttp call, string[] segments)
    {
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{segments[2].Trim('/')}:{segments[3].Trim('/')}"));
        return call.Request.Authorization is { Scheme: "Basic" } who && who.Parameter == expected
            ? host.Answer(call, 200, """{"authenticated": true}""") : host.Answer(call, 401, "");
    }
}
