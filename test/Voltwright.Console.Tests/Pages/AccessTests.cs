using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Voltwright.Server.Auth;
using Voltwright.Testing;

namespace Voltwright.Console.Tests.Pages;

/// <summary>
/// Who may do what, over every endpoint and page there is. The list beside this file is the contract: what is on it stays as it is, and
/// nothing is open to anybody that is not on it. <c>VOLTWRIGHT_WRITE_DOCS=1</c> writes it anew.
/// </summary>
public sealed class AccessTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private static readonly string Contract = Path.Combine(Repository.Root, "test", "Voltwright.Console.Tests", "Pages", "access.txt");
    private readonly House _house = shared.House;

    [Fact]
    public void Endpoints_OfTheContract_AreAsItSays()
    {
        var lines = Endpoints().Select(e => $"{e.Access,-10} {e.Method,-6} {e.Path}").Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") is not null)
            File.WriteAllLines(Contract, lines);
        var contract = File.ReadAllLines(Contract);
        Assert.Empty(contract.Except(lines));
        Assert.Empty(lines.Where(l => l.StartsWith("anybody", StringComparison.Ordinal)).Except(contract));
    }

    [Theory]
    [InlineData(Roles.Administrator, "read operate support administer report")]
    [InlineData(Roles.Operator, "read operate support report")]
    [InlineData(Roles.Support, "read support")]
    [InlineData(Roles.ReadOnly, "read")]
    public async Task Endpoint_AskedByARole_AnswersWhenItShouldOnly(string role, string allowed)
    {
        using var visitor = await _house.SignInAsync(role);
        var wrong = new List<string>();
        foreach (var (access, method, path) in Endpoints())
        {
            // Signing out would end the test early; it is open to all who are in.
            if (path is "/sign-out" or "/sign-in")
                continue;
            var status = await AskAsync(visitor, method, path);
            var isOpen = access == "anybody" || allowed.Split(' ').Contains(access);
            if (isOpen == status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                wrong.Add($"{role} {method} {path} ({access}): {(int)status}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Endpoint_AskedByNobody_IsClosed()
    {
        using var nobody = new Visitor(_house);
        var open = new List<string>();
        foreach (var (access, method, path) in Endpoints().Where(e => e.Access != "anybody"))
        {
            var status = await AskAsync(nobody, method, path);
            if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Found or HttpStatusCode.Forbidden))
                open.Add($"{method} {path} ({access}): {(int)status}");
        }

        Assert.Empty(open);
    }

    private IEnumerable<(string Access, string Method, string Path)> Endpoints() =>
        from endpoint in _house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let access = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "anybody"
            : endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? Access.Administer
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (access, method, "/" + endpoint.RoutePattern.RawText!.Trim('/'));

    // Names that nothing has: what is allowed finds nothing to change, what is not is refused before it looks.
    private static async Task<HttpStatusCode> AskAsync(Visitor visitor, string method, string path)
    {
        var real = System.Text.RegularExpressions.Regex.Replace(path, @"\{(\*+)?([^}:?=]+)(:(int|long))?[^}]*\}", m => m.Groups[4].Length > 0 ? "7" : "nothing");
        using var request = new HttpRequestMessage(new HttpMethod(method), real);
        request.Headers.Add("X-Form-Token", visitor.FormToken);
        if (method != "GET")
            request.Content = path.StartsWith("/api/", StringComparison.Ordinal) ? new StringContent("{}", null, "application/json") : new FormUrlEncodedContent([]);
        using var response = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }
}
