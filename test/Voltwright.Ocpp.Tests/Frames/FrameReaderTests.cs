using System.Text;
using Voltwright.Ocpp.Frames;

namespace Voltwright.Ocpp.Tests.Frames;

public class FrameReaderTests
{
    [Fact]
    public void Call_WellFormed_IsRead()
    {
        var call = Assert.IsType<Frame.Call>(Whole("""[2,"19223201","Authorize",{"idTag":"A"}]"""));

        Assert.Equal(("19223201", "Authorize", "A"), (call.Id, call.Action, call.Payload.GetProperty("idTag").GetString()));
    }

    [Fact]
    public void Call_NullPayload_IsAnEmptyObject() =>
        Assert.Equal("{}", Assert.IsType<Frame.Call>(Whole("""[2,"1","Heartbeat",null]""")).Payload.GetRawText());

    [Fact]
    public void Result_WellFormed_IsRead() =>
        Assert.Equal("""{"a":1}""", Assert.IsType<Frame.Result>(Whole(""" [3, "1", {"a":1}] """)).Payload.GetRawText());

    [Theory]
    [InlineData("""[4,"1","GenericError","why",{"a":1}]""", "why", """{"a":1}""")]
    [InlineData("""[4,"1","GenericError","why"]""", "why", "{}")]
    [InlineData("""[4,"1","GenericError"]""", "", "{}")]
    public void Error_WithOrWithoutItsRest_KeepsItsCode(string text, string description, string details)
    {
        var error = Assert.IsType<Frame.Error>(Whole(text));

        Assert.Equal(("GenericError", description, details), (error.Code, error.Description, error.Details.GetRawText()));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("hello", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("[2]", null)]
    [InlineData("[2,", null)]
    [InlineData("[2,null,\"Heartbeat\",{}]", null)]
    [InlineData("[2,[],\"Heartbeat\",{}]", null)]
    [InlineData("[2,17,\"Heartbeat\",{}]", "17")]
    [InlineData("[\"2\",\"id\",\"Heartbeat\",{}]", "id")]
    [InlineData("[2.5,\"id\",\"Heartbeat\",{}]", "id")]
    [InlineData("[null,\"id\",\"Heartbeat\",{}]", "id")]
    [InlineData("[{\"a\":[1]},\"id\",\"Heartbeat\",{}]", "id")]
    [InlineData("[2,\"id\"]", "id")]
    [InlineData("[2,\"id\"", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\"]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{},{}]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{}] x", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{}][]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",[]]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",\"{}\"]", "id")]
    [InlineData("[2,\"id\",7,{}]", "id")]
    [InlineData("[2,\"id\",null,{}]", "id")]
    [InlineData("[2,\"id\",\"\\ud800\",{}]", "id")]
    [InlineData("[2,\"\\ud800\",\"Heartbeat\",{}]", null)]
    [InlineData("[2,\"id\",\"Heartbeat\",{\"a\":01}]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{'a':1}]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{\"a\":1,}]", "id")]
    [InlineData("[2,\"id\",\"Heartbeat\",{\"a\":NaN}]", "id")]
    public void Call_Malformed_IsBrokenWithWhatIdThereIs(string text, string? id)
    {
        var broken = Assert.IsType<FrameReading.Broken>(FrameReader.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((id, false), (broken.Id, broken.IsAnswer));
        Assert.NotEmpty(broken.Description);
    }

    [Theory]
    [InlineData("hello", OcppErrorCode.RpcFrameworkError)]
    [InlineData("[2,\"id\"]", OcppErrorCode.RpcFrameworkError)]
    [InlineData("[2,\"id\",7,{}]", OcppErrorCode.RpcFrameworkError)]
    [InlineData("[2,\"id\",\"Heartbeat\",[]]", OcppErrorCode.FormatViolation)]
    [InlineData("[2,\"id\",\"Heartbeat\",{\"a\":01}]", OcppErrorCode.FormatViolation)]
    public void Call_Malformed_BlamesTheFrameBeforeItsActionAndThePayloadBehindIt(string text, OcppErrorCode code) =>
        Assert.Equal(code, Assert.IsType<FrameReading.Broken>(FrameReader.Read(Encoding.UTF8.GetBytes(text))).Code);

    [Fact]
    public void Send_WellFormed_IsRead()
    {
        var send = Assert.IsType<Frame.Send>(Whole("""[6,"1","NotifyPeriodicEventStream",{"id":1}]"""));

        Assert.Equal(("1", "NotifyPeriodicEventStream", "1"), (send.Id, send.Action, send.Payload.GetProperty("id").GetRawText()));
    }

    [Fact]
    public void ResultError_WellFormed_IsRead()
    {
        var error = Assert.IsType<Frame.ResultError>(Whole("""[5,"1","TypeConstraintViolation","why",{}]"""));

        Assert.Equal(("1", "TypeConstraintViolation", "why"), (error.Id, error.Code, error.Description));
    }

    [Theory]
    [InlineData("""[5,"1","TypeConstraintViolation","why",{}]""", 5)]
    [InlineData("""[6,"1","NotifyPeriodicEventStream",{"id":1}]""", 6)]
    public void Frame_ThatOnly21Has_IsForeignBefore(string text, int type)
    {
        foreach (var version in new[] { OcppVersion.V16, OcppVersion.V201 })
            Assert.Equal(new FrameReading.Foreign("1", type), FrameReader.Read(Encoding.UTF8.GetBytes(text), version));
    }

    [Fact]
    public void Call_IdOf37Characters_IsAViolationThatNamesIt()
    {
        var id = new string('x', 37);

        Assert.Equal(id, Assert.IsType<FrameReading.Broken>(FrameReader.Read(Encoding.UTF8.GetBytes($"[2,\"{id}\",\"Reset\",{{}}]"))).Id);
    }

    [Fact]
    public void Call_NestedBeyondReason_IsBroken()
    {
        var deep = $"[2,\"id\",\"DataTransfer\",{string.Concat(Enumerable.Repeat("{\"a\":", 500))}1{new string('}', 500)}]";

        Assert.Equal("id", Assert.IsType<FrameReading.Broken>(FrameReader.Read(Encoding.UTF8.GetBytes(deep))).Id);
    }

    [Theory]
    [InlineData("""[3,"1"]""")]
    [InlineData("""[3,"1",[]]""")]
    [InlineData("""[4,"1",7]""")]
    [InlineData("""[5,"1",7]""")]
    [InlineData("""[6,"1","NotifyPeriodicEventStream",7]""")]
    public void Answer_Malformed_IsMarkedAsAnswer(string text) =>
        Assert.True(Assert.IsType<FrameReading.Broken>(FrameReader.Read(Encoding.UTF8.GetBytes(text))).IsAnswer);

    [Fact]
    public void Frame_OfUnknownType_IsForeign() =>
        Assert.Equal(new FrameReading.Foreign("1", 9), FrameReader.Read("""[9,"1",{}]"""u8));

    [Theory]
    [InlineData("[2,\"id\",\"DataTransfer\",{\"data\":\"xxxxxx", "id")]
    [InlineData("[2,\"unfinished", null)]
    [InlineData("xxxx", null)]
    public void Id_OfABeginning_IsRecoveredWhenComplete(string beginning, string? id) =>
        Assert.Equal(id, FrameReader.RecoverId(Encoding.UTF8.GetBytes(beginning)));

    static Frame Whole(string text) => Assert.IsType<FrameReading.Whole>(FrameReader.Read(Encoding.UTF8.GetBytes(text))).Frame;
}
