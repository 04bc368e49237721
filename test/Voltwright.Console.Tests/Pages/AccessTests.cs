using System.Net;
using System.Security.Claims;
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
    public void Endpoints_OfTheContract_AreThereAndNothingElseIsOpenToAnybody()
    {
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") is not null)
            File.WriteAllLines(Contract, Described());
        var contract = File.ReadAllLines(Contract);
        Assert.Empty(contract.Except(Described()));
        Assert.Empty(Described().Where(l => l.StartsWith("anybody", StringComparison.Ordinal)).Except(contract));
    }

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Support)]
    [InlineData(Roles.ReadOnly)]
    public async Task Endpoint_AskedByARole_AnswersWhenTheContractSaysSo(string role)
    {
        using var visitor = await _house.SignInAsync(role);
        var contract = File.ReadAllLines(Contract).Select(l => l.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)).ToList();
        var wrong = new List<string>();
        foreach (var (method, path) in contract.Select(l => (l[1], l[2])).Distinct())
        {
            // Signing out would end the test early; it is open to all who are in.
            if (path is "/sign-out" or "/sign-in")
                continue;
            var status = await AskAsync(visitor, method, path);
            var isOpen = contract.Any(l => l[1] == method && l[2] == path && (l[0] == role || l[0] == "anybody"));
            if (isOpen == status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                wrong.Add($"{role} {method} {path}: {(int)status}");
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

    // A line for each role and each thing that it may do, so that the list can be read as an answer to "what may support do?".
    private List<string> Described()
    {
        var lines = from endpoint in Endpoints()
                    from who in endpoint.Access == "anybody" ? ["anybody"] : Roles.OfPeople.Where(r => May(r, endpoint.Access))
                    select $"{who,-14} {endpoint.Method,-6} {endpoint.Path}";
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static bool May(string role, string access) =>
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test")).Allows(access);

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
