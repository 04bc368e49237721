using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class StorageServicesTests
{
    [Fact]
    public async Task Host_WithAStore_OpensItAtTheStartAndFreesItAtTheEnd()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 2; round++)
        {
            using var host = Build(folder.Path);
            await host.StartAsync();
            var store = host.Services.GetRequiredService<IStore>();
            await store.CommitAsync(new() { Writes = [new($"station/{round}", 0, "{}"u8.ToArray())] });
            await host.StopAsync();
        }
    }

    [Fact]
    public async Task Host_WhoseFolderCannotBeUsed_DoesNotStart()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        using var host = Build(file);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.StartAsync());
    }

    private static IHost Build(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSqliteStore(folder).AddTimers();
        return builder.Build();
    }
}
