using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Gateway.Native;

/// <summary>A CloudEvent of a station, its envelope checked.</summary>
public sealed record NativeEvent(string StationId, string LinkId, string Id, string Type, DateTimeOffset At, JsonValue Data)
{
    public const string OverHttp = "http";

    public static NativeEvent? Read(
        string stationId, string linkId, JsonValue envelope, DateTimeOffset now, out IReadOnlyList<string> problems)
    {
        var fields = new EventFields(envelope, string.Empty);
        problems = fields.Problems;
        if (!envelope.IsObject)
        {
            problems = ["A CloudEvent must be a JSON object."];
            return null;
        }

        fields.OneOf("specversion", ["1.0"]);
        fields.Text("source");
        var at = fields.OptionalTime("time", now) ?? now;
        var read = new NativeEvent(stationId, linkId, fields.Text("id"), fields.Text("type"), at, envelope["data"]);
        if ((fields.OptionalText("subject") ?? stationId) != stationId)
            fields.Refuse("subject", $"'{stationId}': a station speaks for itself only");
        if (IsReserved(read.Type))
            fields.Refuse("type", "a station's event: what happens to sessions and runs is said by the management system");
        if (read.Data["stationId"] is { IsNull: false } owner && owner != stationId)
            fields.Refuse("data.stationId", $"'{stationId}': a station speaks for itself only");
        return problems.Count == 0 ? read : null;
    }

    private static bool IsReserved(string type) =>
        type.StartsWith(EventTypes.SessionPrefix, StringComparison.Ordinal)
        || type.StartsWith("io.serverlessworkflow.", StringComparison.Ordinal)
        || type is EventTypes.NotifiedSessionStarted or EventTypes.NotifiedSessionEnded or EventTypes.NotifiedOutOfOrder;
}
