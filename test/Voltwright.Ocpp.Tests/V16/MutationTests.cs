using System.Text.Json;
using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;
using static Voltwright.Ocpp.OcppErrorCode;

namespace Voltwright.Ocpp.Tests.V16;

/// <summary>Every field of every request, damaged in every way that its kind can be damaged.</summary>
public class MutationTests
{
    public static TheoryData<string> Actions => new(Ocpp16.Protocol.Messages.Select(message => message.Action));

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_Missing_IsAnOccurrenceViolationIfRequired(string action) => ForEachField(action, (payload, field) =>
    {
        payload.Remove(field.Name);
        return field.IsRequired ? OccurrenceConstraintViolation : null;
    });

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_OfTheWrongType_IsATypeViolation(string action) => ForEachField(action, (payload, field) =>
    {
        payload[field.Name] = field.Value is PayloadValue.Truth ? JsonValue.Create("true") : JsonValue.Create(true);
        return TypeConstraintViolation;
    });

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_OutOfItsBounds_IsAPropertyViolation(string action) => ForEachField(action, (payload, field) =>
    {
        JsonNode? beyond = field.Value switch
        {
            PayloadValue.Text { MaxLength: < int.MaxValue } text => new string('x', text.MaxLength + 1),
            PayloadValue.Choice => "None of these",
            PayloadValue.Integer => 1L << 40,
            PayloadValue.Time => "half past nine",
            PayloadValue.Address => "nowhere",
            _ => null,
        };
        if (beyond is null) return null;
        payload[field.Name] = beyond;
        return PropertyConstraintViolation;
    });

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_OfNoneOfTheSpecification_IsAFormatViolation(string action)
    {
        var (message, payload) = Sample(action);
        payload["notInTheSpecification"] = 1;

        Assert.Equal(FormatViolation, Assert.Single(Check(message, payload)).Code);
    }

    static void ForEachField(string action, Func<JsonObject, PayloadField, OcppErrorCode?> damage)
    {
        foreach (var field in Ocpp16.Protocol.Find(action)!.Request.Fields)
        {
            var (message, payload) = Sample(action);
            var expected = damage(payload, field);
            var problems = Check(message, payload);
            if (expected is null) Assert.Empty(problems);
            else Assert.Equal((field.Name, expected), (Assert.Single(problems).Path, problems[0].Code));
        }
    }

    static (OcppMessage Message, JsonObject Payload) Sample(string action)
    {
        var message = Ocpp16.Protocol.Find(action)!;
        return (message, new SamplePayload(seed: 1, everything: true).Of(message.Request));
    }

    static IReadOnlyList<PayloadProblem> Check(OcppMessage message, JsonObject payload) =>
        message.Request.Check(JsonElement.Parse(payload.ToJsonString()), Lenience.None);
}
