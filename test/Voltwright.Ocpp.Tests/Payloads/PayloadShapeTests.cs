using System.Text.Json;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;
using static Voltwright.Ocpp.OcppErrorCode;

namespace Voltwright.Ocpp.Tests.Payloads;

public class PayloadShapeTests
{
    const string Good = """{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""";

    [Theory]
    [InlineData("""{"connectorId":1,"idTag":"TAG","timestamp":"2026-01-01T00:00:00Z"}""", OccurrenceConstraintViolation, "meterStart")]
    [InlineData(
        """{"connectorId":"1","idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""",
        TypeConstraintViolation, "connectorId")]
    [InlineData(
        """{"connectorId":1.0,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""",
        TypeConstraintViolation, "connectorId")]
    [InlineData(
        """{"connectorId":0,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""",
        PropertyConstraintViolation, "connectorId")]
    [InlineData("""{"connectorId":1,"idTag":7,"meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""", TypeConstraintViolation, "idTag")]
    [InlineData("""{"connectorId":1,"idTag":null,"meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""", TypeConstraintViolation, "idTag")]
    [InlineData(
        """{"connectorId":1,"idTag":"123456789012345678901","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""",
        PropertyConstraintViolation, "idTag")]
    [InlineData("""{"connectorId":1,"idTag":"\ud800","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""", FormatViolation, "idTag")]
    [InlineData(
        """{"connectorId":1,"idTag":"TAG","meterStart":2147483648,"timestamp":"2026-01-01T00:00:00Z"}""",
        PropertyConstraintViolation, "meterStart")]
    [InlineData(
        """{"connectorId":1,"idTag":"TAG","meterStart":1e999,"timestamp":"2026-01-01T00:00:00Z"}""",
        TypeConstraintViolation, "meterStart")]
    [InlineData("""{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"yesterday"}""", PropertyConstraintViolation, "timestamp")]
    [InlineData("""{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":17}""", TypeConstraintViolation, "timestamp")]
    [InlineData("""{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T00:00:00Z","more":1}""", FormatViolation, "more")]
    [InlineData(
        """{"connectorId":1,"connectorId":2,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}""",
        FormatViolation, "connectorId")]
    public void Payload_WithOneMistake_NamesPlaceAndCode(string payload, OcppErrorCode code, string path)
    {
        var problem = Assert.Single(Check<StartTransactionRequest>(payload, Lenience.Field));

        Assert.Equal((code, path), (problem.Code, problem.Path));
    }

    [Fact]
    public void Payload_Good_HasNoProblem() => Assert.Empty(Check<StartTransactionRequest>(Good, Lenience.None));

    [Fact]
    public void Payload_WithManyMistakes_NamesThemAll()
    {
        var problems = Check<StartTransactionRequest>("""{"connectorId":true,"idTag":[],"extra":{},"meterStart":-1}""", Lenience.None);

        Assert.Equal(["connectorId", "idTag", "extra", "timestamp"], problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Payload_WithAThousandMistakes_ReportsABoundedNumber()
    {
        var payload = $"{{{string.Join(",", Enumerable.Range(0, 1000).Select(n => $"\"x{n}\":1"))}}}";

        Assert.InRange(Check<HeartbeatRequest>(payload, Lenience.None).Count, 1, 50);
    }

    [Fact]
    public void Payload_MistakeDeepInside_IsNamedByItsPath()
    {
        var problems = Check<MeterValuesRequest>(
            """
            {"connectorId":1,"meterValue":[{"timestamp":"2026-01-01T00:00:00Z",
            "sampledValue":[{"value":"1"},{"value":"2","unit":"kwh"}]}]}
            """,
            Lenience.None);

        var problem = Assert.Single(problems);
        Assert.Equal("meterValue[0].sampledValue[1].unit", problem.Path);
        Assert.Contains("'kwh' is none of Wh, kWh", problem.Message);
    }

    [Fact]
    public void Text_OfTwentyEmoji_CountsCharactersNotCodeUnits() =>
        Assert.Empty(Check<AuthorizeRequest>($"{{\"idTag\":\"{string.Concat(Enumerable.Repeat("🔌", 20))}\"}}", Lenience.None));

    [Theory]
    [InlineData("""{"connectorId":1,"errorCode":"NoError","status":"Available","info":null}""")]
    [InlineData("""{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2026-01-01T00:00:00"}""")]
    public void Payload_HarmlesslyWrong_PassesInTheFieldOnly(string payload)
    {
        Assert.Empty(Check<StatusNotificationRequest>(payload, Lenience.Field));
        Assert.Single(Check<StatusNotificationRequest>(payload, Lenience.None));
    }

    [Fact]
    public void Payload_UnknownField_PassesWhereAllowed() =>
        Assert.Empty(Check<HeartbeatRequest>("""{"customData":{}}""", Lenience.None with { UnknownFields = true }));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"{}\"")]
    public void Payload_ThatIsNoObject_IsAWrongType(string payload) =>
        Assert.Equal(TypeConstraintViolation, Assert.Single(Check<HeartbeatRequest>(payload, Lenience.Field)).Code);

    [Fact]
    public void Address_ThatIsNone_IsNamed() =>
        Assert.Equal("location", Assert.Single(Check<GetDiagnosticsRequest>("""{"location":"over there"}""", Lenience.Field)).Path);

    [Fact]
    public void Problems_OfSeveralKinds_AreSummedUpByTheGravest()
    {
        var message = Ocpp16.Protocol.Find("StartTransaction")!;
        var reading = Payload.ReadRequest<StartTransactionRequest>(message, JsonElement.Parse("""{"idTag":1,"x":1}"""), Lenience.None);

        var invalid = Assert.IsType<PayloadReading<StartTransactionRequest>.Invalid>(reading);
        Assert.Equal(TypeConstraintViolation, invalid.Code);
        Assert.StartsWith("idTag: a text is expected, not a number; x: there is no such field", invalid.Description);
    }

    static IReadOnlyList<PayloadProblem> Check<T>(string payload, Lenience lenience) =>
        PayloadShape.Of(typeof(T), OcppVersion.V16).Check(JsonElement.Parse(payload), lenience);
}
