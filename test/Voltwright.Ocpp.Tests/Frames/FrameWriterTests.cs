using System.Text;
using System.Text.Json;
using Voltwright.Ocpp.Frames;

namespace Voltwright.Ocpp.Tests.Frames;

public class FrameWriterTests
{
    [Fact]
    public void Call_Written_ReadsBackTheSame()
    {
        var payload = JsonElement.Parse("""{"text":"Zähler \"7\" + 🔌"}""");
        var bytes = FrameWriter.Call("id", "DataTransfer", payload.WriteTo);

        var call = Assert.IsType<Frame.Call>(Assert.IsType<FrameReading.Whole>(FrameReader.Read(bytes.Span)).Frame);
        Assert.True(JsonElement.DeepEquals(payload, call.Payload));
        Assert.Equal("""[2,"id","DataTransfer",{"text":"Zähler \"7\" + 🔌"}]""".Replace("🔌", "\\uD83D\\uDD0C"), Text(bytes));
    }

    [Fact]
    public void Error_WithoutDetails_HasAnEmptyObject() =>
        Assert.Equal("""[4,"id","GenericError","",{}]""", Text(FrameWriter.Error("id", "GenericError", "")));

    [Fact]
    public void Error_WithALongDescription_IsCutBetweenCharacters()
    {
        var text = Text(FrameWriter.Error("id", "GenericError", new string('x', 253) + "🔌🔌🔌"));

        var description = JsonElement.Parse(text)[3].GetString()!;
        Assert.Equal(new string('x', 253) + "…", description);
    }

    [Fact]
    public void Frames_Of21_AreWrittenWithTheirNumbers()
    {
        Assert.Equal("""[5,"id","FormatViolation","why",{}]""", Text(FrameWriter.ResultError("id", "FormatViolation", "why")));
        Assert.Equal("""[6,"id","Stream",{"a":1}]""", Text(FrameWriter.Send("id", "Stream", JsonElement.Parse("""{"a":1}""").WriteTo)));
    }

    static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
