using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;
using Voltwright.Testing;

namespace Voltwright.Ocpp.Tests.V16;

public class MessageTests
{
    public static TheoryData<string, bool> Payloads => new(
        Ocpp16.Protocol.Messages.SelectMany(message => new[] { (message.Action, true), (message.Action, false) }));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payload_ReadAndWritten_IsTheSame(string action, bool isRequest)
    {
        foreach (var everything in new[] { true, false })
        {
            var sample = JsonElement.Parse(new SamplePayload(action.Length, everything).Of(Shape(action, isRequest)).ToJsonString());

            Assert.Empty(Shape(action, isRequest).Check(sample, Lenience.None));
            Assert.Equal(sample.GetRawText(), Rewritten(action, isRequest, sample));
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Payload_OfOurs_ConformsToTheOfficialSchema(string action, bool isRequest)
    {
        if (await Schema(action, isRequest) is not { } schema) return;
        for (var seed = 0; seed < 10; seed++)
        {
            var payload = Rewritten(action, isRequest, JsonElement.Parse(
                new SamplePayload(seed, everything: seed % 2 == 0).Of(Shape(action, isRequest)).ToJsonString()));

            Assert.Empty(schema.Validate(payload).Select(problem => $"{problem} in {payload}"));
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Record_ComparedToTheOfficialSchema_DeclaresTheSame(string action, bool isRequest)
    {
        if (Repository.Shared("ocpp/1.6") is not { } folder) return;
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, FileOf(action, isRequest))))!.AsObject();

        SchemaComparison.Same("", Shape(action, isRequest), root, root);
    }

    [Fact]
    public void Table_ComparedToTheOfficialSchemas_NamesEveryMessage()
    {
        if (Repository.Shared("ocpp/1.6") is not { } folder) return;
        var official = Directory.GetFiles(folder, "*Response.json").Select(file => Path.GetFileName(file)[..^"Response.json".Length]);

        Assert.Equal(
            official.Order(StringComparer.Ordinal),
            Ocpp16.Protocol.Messages.Select(message => message.Action).Order(StringComparer.Ordinal));
    }

    static string Rewritten(string action, bool isRequest, JsonElement sample)
    {
        var message = Ocpp16.Protocol.Find(action)!;
        var info = isRequest ? message.RequestInfo : message.ResponseInfo;
        return JsonSerializer.Serialize(sample.Deserialize(info), info);
    }

    static PayloadShape Shape(string action, bool isRequest)
    {
        var message = Ocpp16.Protocol.Find(action)!;
        return isRequest ? message.Request : message.Response;
    }

    static string FileOf(string action, bool isRequest) => isRequest ? $"{action}.json" : $"{action}Response.json";

    static async Task<JsonSchema?> Schema(string action, bool isRequest) => Repository.Shared("ocpp/1.6") is { } folder
        ? await JsonSchema.FromFileAsync(Path.Combine(folder, FileOf(action, isRequest)))
        : null;
}
