using Voltwright.Automation;

namespace Voltwright.Tests.Automation;

public sealed class HttpRoutesTests
{
    private static readonly HttpRoutes Routes = new(
        new Dictionary<string, Uri>
        {
            ["https://petstore.example"] = new("http://127.0.0.1:9000"),
            ["other.example:8443"] = new("https://internal.example/base/"),
        },
        ["10.0.0.5:8080"],
        "https://ev-power-supplier.com");

    [Theory]
    [InlineData("https://petstore.example/pets/1?x=y", "http://127.0.0.1:9000/pets/1?x=y", HttpWay.Trusted)]
    [InlineData("https://PETSTORE.example:443/", "http://127.0.0.1:9000/", HttpWay.Trusted)]
    [InlineData("http://petstore.example/", "http://petstore.example/", HttpWay.Guarded)]
    [InlineData("https://other.example:8443/a", "https://internal.example/base/a", HttpWay.Trusted)]
    [InlineData("http://other.example:8443/a", "https://internal.example/base/a", HttpWay.Trusted)]
    [InlineData("http://10.0.0.5:8080/a", "http://10.0.0.5:8080/a", HttpWay.Trusted)]
    [InlineData("http://10.0.0.5/a", "http://10.0.0.5/a", HttpWay.Guarded)]
    [InlineData("https://ev-power-supplier.com/api/v2/x", "https://ev-power-supplier.com/api/v2/x", HttpWay.InProcess)]
    [InlineData("https://ev-power-supplier.com.evil.example/", "https://ev-power-supplier.com.evil.example/", HttpWay.Guarded)]
    [InlineData("https://ev-power-supplier.com@evil.example/", "https://ev-power-supplier.com@evil.example/", HttpWay.Guarded)]
    public void Route_OfAnAddress_IsWhatTheOperatorNamed(string from, string to, HttpWay way)
    {
        var route = Routes.Find(new Uri(from));

        Assert.Equal((new Uri(to), way), (route.Uri, route.Way));
    }

    [Fact]
    public void Route_OfOurselves_Mapped_GoesThere()
    {
        const string Self = "https://ev-power-supplier.com";
        var routes = new HttpRoutes(new Dictionary<string, Uri> { [Self] = new("http://127.0.0.1:1") }, self: Self);

        Assert.Equal(HttpWay.Trusted, routes.Find(new Uri("https://ev-power-supplier.com/x")).Way);
    }

    [Theory]
    [InlineData("https://elsewhere.example/a", "http://0.0.0.0:9/a", HttpWay.Guarded)]
    [InlineData("https://ev-power-supplier.com/api/v2/x", "https://ev-power-supplier.com/api/v2/x", HttpWay.InProcess)]
    public void Route_WhenClosed_LeadsNowhereButHome(string from, string to, HttpWay way)
    {
        var route = new HttpRoutes(self: "https://ev-power-supplier.com", closed: true).Find(new Uri(from));
        Assert.Equal((to, way), ($"{route.Uri}", route.Way));
        Assert.False(AddressPolicy.IsPublic(System.Net.IPAddress.Any));
    }
}
