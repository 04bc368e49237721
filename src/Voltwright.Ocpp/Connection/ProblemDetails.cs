using System.Text.Json;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Connection;

/// <summary>Problems of a payload as the details of a CALLERROR.</summary>
static class ProblemDetails
{
    public static JsonElement Of(IReadOnlyList<PayloadProblem> problems, OcppProtocol protocol)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("problems");
            foreach (var problem in problems)
            {
                writer.WriteStartObject();
                writer.WriteString("path", problem.Path);
                writer.WriteString("code", protocol.Errors.Write(problem.Code));
                writer.WriteString("message", problem.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(bytes.ToArray());
    }
}
