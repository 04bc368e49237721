namespace Voltwright.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_PlayedTwice_EndsAllFivePathsAsTheyMust()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var ended = await Executable.RunAsync("demo");
            Assert.True(ended.ExitCode == 0, ended.Output + ended.Messages);
            Assert.Contains("All five paths ended as they must.", ended.Output, StringComparison.Ordinal);
        }
    }
}
