using System.Text.Json;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.Connection;

public class HandlerTableTests
{
    readonly HandlerTable<string> _table = new HandlerTable<string>(Ocpp16.Protocol)
        .On<DataTransferRequest, DataTransferResponse>((station, request, _) => Task.FromResult(new DataTransferResponse
        {
            Status = DataTransferStatus.Accepted,
            Data = $"{station} {request.VendorId}",
        }));

    [Fact]
    public async Task Handler_OfATypedRequest_KnowsItsConnection()
    {
        var answer = await _table.HandleAsync("CP7", "DataTransfer", JsonElement.Parse("""{"vendorId":"v"}"""), default);

        Assert.Equal("""{"status":"Accepted","data":"CP7 v"}""", Text(answer));
    }

    [Theory]
    [InlineData("DataTransfer", "{}", OcppErrorCode.OccurrenceConstraintViolation)]
    [InlineData("DataTransfer", """{"vendorId":7}""", OcppErrorCode.TypeConstraintViolation)]
    [InlineData("DataTransfer", """{"vendorId":"v","more":1}""", OcppErrorCode.FormatViolation)]
    [InlineData("Heartbeat", "{}", OcppErrorCode.NotSupported)]
    [InlineData("datatransfer", """{"vendorId":"v"}""", OcppErrorCode.NotImplemented)]
    public async Task Call_ThatNoHandlerMaySee_IsAnsweredByTheTable(string action, string payload, OcppErrorCode code)
    {
        var answer = await _table.HandleAsync("CP7", action, JsonElement.Parse(payload), default);

        Assert.Equal(code, Assert.IsType<OcppAnswer.Error>(answer).Code);
    }

    [Fact]
    public async Task Lenience_OfATable_DecidesWhatPasses()
    {
        var lenient = new HandlerTable<int>(Ocpp16.Protocol, Lenience.Field with { UnknownFields = true })
            .On<HeartbeatRequest, HeartbeatResponse>((_, _, _) => Task.FromResult(new HeartbeatResponse { CurrentTime = default }));

        var answer = await lenient.HandleAsync(0, "Heartbeat", JsonElement.Parse("""{"mood":"good"}"""), default);

        Assert.IsType<OcppAnswer.Result>(answer);
    }

    [Fact]
    public async Task Handler_OfARawAction_SeesWhatWasSent()
    {
        _table.OnRaw("Dance", (_, payload, _) => Task.FromResult<OcppAnswer>(new OcppAnswer.Result(payload)));

        var answer = await _table.HandleAsync("CP7", "Dance", JsonElement.Parse("""{"anything":["goes"]}"""), default);

        Assert.Equal("""{"anything":["goes"]}""", Text(answer));
        Assert.Equal(["DataTransfer", "Dance"], _table.Actions);
    }

    [Fact]
    public void Action_WithTwoHandlers_IsAProgrammersError() => Assert.Throws<ArgumentException>(() =>
        _table.On<DataTransferRequest, DataTransferResponse>((_, _, _) => Task.FromResult(new DataTransferResponse { Status = default })));

    [Fact]
    public void Request_OfNoMessage_IsAProgrammersError() =>
        Assert.Throws<ArgumentException>(() => Ocpp16.Protocol.MessageOf(typeof(string)));

    static string Text(OcppAnswer answer)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes)) Assert.IsType<OcppAnswer.Result>(answer).WritePayload(writer);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
