using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class RunEventJsonTests
{
    public static TheoryData<string> Kinds =>
    [
        """{"kind":"httpAnswered","at":"2026-01-01T12:00:00.000Z","command":"c1","status":200,"headers":{"A":"b"},"text":"é","uri":"https://x.test/"}""",
        """{"kind":"httpAnswered","at":"2026-01-01T12:00:00.000Z","command":"c1","status":204,"headers":{},"base64":"/w==","uri":null}""",
        """{"kind":"httpFailed","at":"2026-01-01T12:00:00.000Z","command":"c1","failure":"Timeout","reason":"slow"}""",
        """{"kind":"timerFired","at":"2026-01-01T12:00:00.000Z","timer":"t3"}""",
        """{"kind":"eventArrived","at":"2026-01-01T12:00:00.000Z","cloudEvent":{"type":"a"}}""",
        """{"kind":"childEnded","at":"2026-01-01T12:00:00.000Z","command":"r1","status":"Faulted","output":null,"error":{"status":500}}""",
        """{"kind":"cancel","at":"2026-01-01T12:00:00.000Z"}""",
        """{"kind":"suspend","at":"2026-01-01T12:00:00.000Z"}""",
        """{"kind":"resume","at":"2026-01-01T12:00:00.000Z"}""",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Event_ReadAndWritten_IsTheSame(string json)
    {
        var value = JsonValue.Parse(json);

        Assert.Equal(value, RunEventJson.Write(RunEventJson.Read(value)));
    }

    [Theory]
    [InlineData("""{"kind":"nonsense","at":"2026-01-01T12:00:00Z"}""")]
    [InlineData("""{"kind":"cancel"}""")]
    public void Json_ThatIsNoEvent_IsRefused(string json) => Assert.Throws<FormatException>(() => RunEventJson.Read(JsonValue.Parse(json)));
}
