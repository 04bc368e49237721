using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Voltwright.Ocpp.Payloads;
using Voltwright.Testing;

namespace Voltwright.Ocpp.Tests.Versions;

public class MessageTests
{
    public static TheoryData<OcppVersion, string, bool> Payloads => EveryVersion.Payloads;

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payload_ReadAndWritten_IsTheSame(OcppVersion version, string action, bool isRequest)
    {
        foreach (var everything in new[] { true, false })
        {
            var shape = Shape(version, action, isRequest);
            var sample = JsonElement.Parse(new SamplePayload(action.Length, everything).Of(shape).ToJsonString());

            Assert.Empty(shape.Check(sample, Lenience.None));
            Assert.Equal(sample.GetRawText(), Rewritten(version, action, isRequest, sample));
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Payload_OfOurs_ConformsToTheOfficialSchema(OcppVersion version, string action, bool isRequest)
    {
        if (EveryVersion.Schemas(version) is not { } folder) return;
        var schema = await JsonSchema.FromFileAsync(Path.Combine(folder, EveryVersion.SchemaFile(version, action, isRequest)));
        for (var seed = 0; seed < 4; seed++)
        {
            var sample = new SamplePayload(seed, everything: seed % 2 == 0).Of(Shape(version, action, isRequest)).ToJsonString();
            var payload = Rewritten(version, action, isRequest, JsonElement.Parse(sample));

            Assert.Empty(schema.Validate(payload).Select(problem => $"{problem} in {payload}"));
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Record_ComparedToTheOfficialSchema_DeclaresTheSame(OcppVersion version, string action, bool isRequest)
    {
        if (EveryVersion.Schemas(version) is not { } folder) return;
        var file = Path.Combine(folder, EveryVersion.SchemaFile(version, action, isRequest));
        var root = JsonNode.Parse(File.ReadAllText(file))!.AsObject();

        new SchemaComparison(root, bounds: version != OcppVersion.V16).Same("", Shape(version, action, isRequest), root);
    }

    [Theory]
    [InlineData(OcppVersion.V16)]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public void Table_ComparedToTheOfficialSchemas_NamesEveryMessage(OcppVersion version)
    {
        if (EveryVersion.Schemas(version) is not { } folder) return;
        var ours = from message in EveryVersion.Protocol(version).Messages
                   from isRequest in new[] { true, false }
                   where isRequest || message.IsAnswered
                   select EveryVersion.SchemaFile(version, message.Action, isRequest);

        Assert.Equal(Directory.GetFiles(folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    static string Rewritten(OcppVersion version, string action, bool isRequest, JsonElement sample)
    {
        var message = EveryVersion.Message(version, action);
        var info = isRequest ? message.RequestInfo : message.ResponseInfo;
        return JsonSerializer.Serialize(sample.Deserialize(info), info);
    }

    static PayloadShape Shape(OcppVersion version, string action, bool isRequest)
    {
        var message = EveryVersion.Message(version, action);
        return isRequest ? message.Request : message.Response;
    }
}
