using Voltwright.Testing;

namespace Voltwright.Server.Tests.Operations;

/// <summary>The API is a promise: its description is checked in, and a change of it is a change of that file.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Description_AsServed_IsWhatIsCheckedIn()
    {
        await using var server = await RunningServer.StartAsync();
        var described = (await server.GetAsync("/openapi/v2.json")).Json.ToIndentedString() + "\n";
        var file = Path.Combine(Repository.Root, "docs", "openapi", "v2.json");
        var known = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        if (described == known)
            return;

        var update = Environment.GetEnvironmentVariable("VOLTWRIGHT_UPDATE_OPENAPI") == "1";
        var target = update ? file : Path.Combine(AppContext.BaseDirectory, "openapi-v2.json");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllTextAsync(target, described);
        Assert.True(update, $"The API's description changed: see {target}. If that is meant, run this test with VOLTWRIGHT_UPDATE_OPENAPI=1.");
    }

    [Fact]
    public async Task Operations_Everywhere_SayWhatTheyDo()
    {
        await using var server = await RunningServer.StartAsync();

        var paths = (await server.GetAsync("/openapi/v2.json")).Json["paths"].AsObject();

        Assert.All(paths.SelectMany(p => p.Value.AsObject()), operation => Assert.True(operation.Value["summary"].IsString));
    }
}
