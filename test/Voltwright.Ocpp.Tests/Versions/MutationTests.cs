using System.Text.Json;
using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;
using Voltwright.Testing;
using static Voltwright.Ocpp.OcppErrorCode;

namespace Voltwright.Ocpp.Tests.Versions;

/// <summary>Every field of every request, damaged in every way that its kind can be damaged.</summary>
public class MutationTests
{
    public static TheoryData<OcppVersion, string> Actions => EveryVersion.Actions;

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_Missing_IsAnOccurrenceViolationIfRequired(OcppVersion version, string action) => ForEachField(version, action, (payload, field) =>
    {
        payload.Remove(field.Name);
        return field.IsRequired ? OccurrenceConstraintViolation : null;
    });

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_OfTheWrongType_IsATypeViolation(OcppVersion version, string action) => ForEachField(version, action, (payload, field) =>
    {
        if (field.Value is PayloadValue.Anything) return null;
        payload[field.Name] = field.Value is PayloadValue.Truth ? JsonValue.Create("true") : JsonValue.Create(true);
        return TypeConstraintViolation;
    });

    [Theory]
    [MemberData(nameof(Actions))]
    public void Field_OutOfItsBounds_IsAPropertyViolation(OcppVersion version, string action) => ForEachField(version, action, (payload, field) =>
    {
        JsonNode? beyond = field.Value switch
        {
            PayloadValue.Text { MaxLength: < int.MaxValue } text => new string('x', text.MaxLength + 1),
            PayloadValue.Choice => "None of these",
            PayloadValue.Integer { Maximum: < int.MaxValue } integer => integer.Maximum + 1,
            PayloadValue.Integer => 1L << 40,
            PayloadValue.Number { Minimum: > int.MinValue } number => number.Minimum - 0.5m,
            PayloadValue.Number { Maximum: < int.MaxValue } number => number.Maximum + 0.5m,
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
    public void Field_OfNoneOfTheSpecification_IsAFormatViolation(OcppVersion version, string action)
    {
        var (message, payload) = Sample(version, action);
        payload["notInTheSpecification"] = 1;

        Assert.Equal(FormatViolation, Assert.Single(Check(message, payload)).Code);
    }

    static void ForEachField(OcppVersion version, string action, Func<JsonObject, PayloadField, OcppErrorCode?> damage)
    {
        foreach (var field in EveryVersion.Message(version, action).Request.Fields)
        {
            var (message, payload) = Sample(version, action);
            var expected = damage(payload, field);
            var problems = Check(message, payload);
            if (expected is null) Assert.Empty(problems);
            else Assert.Equal((field.Name, expected), (Assert.Single(problems).Path, problems[0].Code));
        }
    }

    static (OcppMessage Message, JsonObject Payload) Sample(OcppVersion version, string action)
    {
        var message = EveryVersion.Message(version, action);
        return (message, new SamplePayload(seed: 1, everything: true).Of(message.Request));
    }

    static IReadOnlyList<PayloadProblem> Check(OcppMessage message, JsonObject payload) =>
        message.Request.Check(JsonElement.Parse(payload.ToJsonString()), Lenience.None);
}
