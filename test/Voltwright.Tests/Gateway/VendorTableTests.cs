using Voltwright.Gateway.Vendors;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Tests.Gateway;

public sealed class VendorTableTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Vendor_NobodyKnows_IsUnknown()
    {
        var table = new VendorTable([], _store.Store);
        Assert.Equal(VendorStatus.UnknownVendor, (await table.AnswerAsync("CP1", "com.acme", "Door", JsonValue.Null)).Status);
        Assert.Equal(VendorStatus.UnknownMessage, (await table.AnswerAsync("CP1", "com.voltwright", "Door", JsonValue.Null)).Status);
    }

    [Fact]
    public async Task Vendor_WrittenDown_IsAnsweredMessageByMessage()
    {
        var table = new VendorTable([], _store.Store);
        await table.PutAsync(new VendorRules("com.acme", new Dictionary<string, VendorRule> { ["Door"] = new(true, "thanks"), [""] = new(false) }), default);

        Assert.Equal(new VendorAnswer(VendorStatus.Accepted, "thanks"), await table.AnswerAsync("CP1", "com.acme", "Door", "open"));
        Assert.Equal(VendorStatus.Rejected, (await table.AnswerAsync("CP1", "com.acme", null, "open")).Status);
        Assert.Equal(VendorStatus.UnknownMessage, (await table.AnswerAsync("CP1", "com.acme", "Window", "open")).Status);
        await table.RemoveAsync("com.acme", default);
        Assert.Equal(VendorStatus.UnknownVendor, (await table.AnswerAsync("CP1", "com.acme", "Door", "open")).Status);
    }

    [Fact]
    public async Task Extension_InCode_GoesBeforeWhatIsWrittenDown()
    {
        var table = new VendorTable([new Doors()], _store.Store);
        await table.PutAsync(new VendorRules("com.acme", new Dictionary<string, VendorRule> { ["Door"] = new(false) }), default);

        Assert.Equal("CP1:Door", (await table.AnswerAsync("CP1", "com.acme", "Door", "open")).Data.AsString());
    }

    private sealed class Doors : IVendorExtension
    {
        public string VendorId => "com.acme";

        public Task<VendorAnswer> AnswerAsync(string stationId, string? messageId, JsonValue data, CancellationToken cancellation) =>
            Task.FromResult(new VendorAnswer(VendorStatus.Accepted, $"{stationId}:{messageId}"));
    }
}
