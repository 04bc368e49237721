using Voltwright.EndToEnd.Crash;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

public sealed class DrainTests
{
    [Fact]
    public async Task Server_ToldToEnd_AnswersUntilItsDrainIsOverAndEndsInOrder()
    {
        using var folder = new TemporaryFolder();
        using var server = new ServerProcess(folder.Path, "--drain", "5s");
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        var told = TimeProvider.System.GetTimestamp();
        var ended = server.StopAsync();
        var answered = TimeSpan.Zero;
        while (!ended.IsCompleted && await AnswersAsync(http))
        {
            answered = TimeProvider.System.GetElapsedTime(told);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.Equal(0, await ended);
        Assert.InRange(answered, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
