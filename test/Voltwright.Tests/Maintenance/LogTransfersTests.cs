using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Maintenance;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Testing;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Maintenance;

[Collection(DomainCollection.Name)]
public sealed class LogTransfersTests(DomainHost host) : IDisposable
{
    private static readonly Uri Public = new("https://us.example");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Address_OfATransfer_IsForItsSecretAndItsTime()
    {
        var (transfers, transfer, secret) = await AskAsync(TimeSpan.FromHours(1));

        Assert.NotNull(await transfers.OpenAsync(transfer.Id, secret, CancellationToken.None));
        Assert.Null(await transfers.OpenAsync(transfer.Id, secret + "0", CancellationToken.None));
        Assert.Null(await transfers.OpenAsync("l-none", secret, CancellationToken.None));
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString((await host.Store.LoadAsync($"log/{transfer.Id}"))!.Body.Span));
    }

    [Fact]
    public async Task Address_WhoseTimeIsOver_IsClosed()
    {
        var (transfers, transfer, secret) = await AskAsync(TimeSpan.FromTicks(1));
        Assert.Null(await transfers.OpenAsync(transfer.Id, secret, CancellationToken.None));
    }

    [Theory]
    [InlineData("../../etc/passwd", "1-etcpasswd")]
    [InlineData("..", "1-log")]
    [InlineData(null, "1-log")]
    [InlineData("diag 2026.zip", "1-diag2026.zip")]
    public async Task Name_FromOutside_NeverBecomesAPath(string? name, string kept)
    {
        var (transfers, transfer, _) = await AskAsync(TimeSpan.FromHours(1));

        var received = await transfers.ReceiveAsync(transfer, name, new MemoryStream([1, 2, 3]), CancellationToken.None);

        Assert.Equal(kept, received!.Files[0].Name);
        using var copy = new MemoryStream();
        await (await transfers.FindFileAsync(received, kept))!(copy, CancellationToken.None);
        Assert.Equal([1, 2, 3], copy.ToArray());
        Assert.Null(await transfers.FindFileAsync(received, "../" + kept));
    }

    [Fact]
    public async Task File_ThatIsTooLarge_IsNotKept()
    {
        var (transfers, transfer, _) = await AskAsync(TimeSpan.FromHours(1), most: 100);

        Assert.Null(await transfers.ReceiveAsync(transfer, "a", new MemoryStream(new byte[101]), CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.NotNull(await transfers.ReceiveAsync(transfer, "a", new MemoryStream(new byte[100]), CancellationToken.None));
    }

    [Fact]
    public async Task Files_OfOneTransfer_AreNotWithoutEnd()
    {
        var (transfers, transfer, secret) = await AskAsync(TimeSpan.FromHours(1));
        for (var i = 0; i < 10; i++)
            transfer = (await transfers.ReceiveAsync(transfer, "a", new MemoryStream([1]), CancellationToken.None))!;

        Assert.Null(await transfers.OpenAsync(transfer.Id, secret, CancellationToken.None));
    }

    [Fact]
    public async Task Report_OfAnotherRequest_ChangesNothing()
    {
        var (transfers, transfer, _) = await AskAsync(TimeSpan.FromHours(1));

        await transfers.ReportedAsync(transfer.StationId, transfer.RequestId + 1, "uploaded");
        Assert.Equal("asked", (await transfers.FindAsync(transfer.Id, CancellationToken.None))!.Status);
        await transfers.ReportedAsync(transfer.StationId, null, "idle");
        Assert.Equal("asked", (await transfers.FindAsync(transfer.Id, CancellationToken.None))!.Status);
        await transfers.ReportedAsync(transfer.StationId, transfer.RequestId, "upload-failure");
        Assert.Equal("upload-failure", (await transfers.FindAsync(transfer.Id, CancellationToken.None))!.Status);
    }

    [Fact]
    public async Task Station_ThatRefuses_LeavesARefusedTransfer()
    {
        var station = await host.StationAsync();
        station.React = (_, _) => Task.FromResult<CommandOutcome>(new CommandOutcome.Rejected("busy"));

        var asked = await Transfers(TimeSpan.FromHours(1), 100).AskAsync(station.StationId, "diagnostics", null, null, CancellationToken.None);

        Assert.Equal(RefusalKind.StationRefused, asked.Refusal!.Kind);
        var listed = await host.Store.ListAsync("log", [("stationId", station.StationId)], 1);
        Assert.Equal("refused", JsonValue.Parse(listed.Items[0].Body.Span)["status"].AsString());
    }

    private async Task<(LogTransfers Transfers, LogTransfer Transfer, string Secret)> AskAsync(TimeSpan window, long most = 1000)
    {
        var station = await host.StationAsync();
        StationCommand.FetchLog? told = null;
        station.React = (command, _) =>
        {
            told = command as StationCommand.FetchLog ?? told;
            return Task.FromResult<CommandOutcome>(new CommandOutcome.Accepted(JsonObject.Of(("fileName", "a.log"))));
        };
        var transfers = Transfers(window, most);
        var asked = await transfers.AskAsync(station.StationId, "diagnostics", null, null, CancellationToken.None);
        Assert.Equal(Public.Host, told!.UploadTo.Host);
        return (transfers, asked.Value!, told.UploadTo.Segments[^1]);
    }

    private LogTransfers Transfers(TimeSpan window, long most) => new(
        host.Get<IStore>(), host.Get<CommandDesk>(), host.Get<StationRoutes>(), host.Get<Membership>(), host.Get<ReceivedFilesClient>(),
        host.Get<TransactionNumbers>(),
        new GatewayOptions { PublicAddress = Public },
        new MaintenanceOptions { Folder = _folder.Path, UploadWindow = window, MaxUploadBytes = most }, TimeProvider.System);
}
