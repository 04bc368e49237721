using Voltwright.Testing;

namespace Voltwright.Server.Tests.Operations;

public sealed class StartupTests
{
    [Fact]
    public async Task Start_OnAPortInUse_NamesIt()
    {
        await using var first = await RunningServer.StartAsync();

        var problem = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(o => o with { Urls = $"{first.Address}" }));

        Assert.Equal(StartupProblem.AddressInUse, problem.Problem);
        Assert.Contains($"{first.Address.Port}", problem.Place, StringComparison.Ordinal);
        Assert.Contains("--urls", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAnAddressThatIsNone_NamesIt()
    {
        var problem = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(o => o with { Urls = "nonsense" }));

        Assert.Equal(StartupProblem.AddressInvalid, problem.Problem);
    }

    [Fact]
    public async Task Start_OnAFolderThatCannotBe_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var problem = await Assert.ThrowsAsync<StartupException>(
            () => RunningServer.StartAsync(o => o with { DataFolder = Path.Combine(file, "data") }));

        Assert.Equal(StartupProblem.DataUnusable, problem.Problem);
    }

    [Fact]
    public async Task Start_OnADamagedDatabase_NamesIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "voltwright.db"), new string('x', 8192));

        var problem = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(o => o with { DataFolder = folder.Path }));

        Assert.Equal(StartupProblem.DataUnusable, problem.Problem);
        Assert.Contains("voltwright.db", problem.Message, StringComparison.Ordinal);
    }
}
