using System.Text;
using Voltwright.Ocpp;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.Ocpp2;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Ocpp2;

/// <summary>Which message of which version is spoken by whom, and which test shows it: written from the tables that dispatch them.</summary>
public sealed class ConformanceDocumentTests
{
    private static readonly OcppVersion[] Versions = [OcppVersion.V16, OcppVersion.V201, OcppVersion.V21];

    [Fact]
    public void Document_OfOcpp_IsWhatTheTablesSay()
    {
        var path = Path.Combine(Repository.Root, "docs/conformance/ocpp.md");
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") is not null)
            File.WriteAllText(path, Written());

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == Written(),
            $"{path} is not what the tables say; run this test once with VOLTWRIGHT_WRITE_DOCS=1.");
    }

    internal static IReadOnlyCollection<string> ServedByTheSimulator(OcppVersion version) => version switch
    {
        OcppVersion.V16 => OcppCommands.Table.Actions,
        OcppVersion.V201 => Ocpp2Commands.Table201.Actions,
        _ => Ocpp2Commands.Table21.Actions,
    };

    private static IReadOnlyCollection<string> ServedByTheGateway(OcppVersion version) => version switch
    {
        OcppVersion.V16 => Voltwright.Gateway.Ocpp.V16.Actions.Table.Actions,
        OcppVersion.V201 => Voltwright.Gateway.Ocpp.V201.Actions.Table.Actions,
        _ => Voltwright.Gateway.Ocpp.V21.Actions.Table.Actions,
    };

    private static string Written()
    {
        var text = new StringBuilder("""
            # OCPP, message by message

            Written from the tables that dispatch messages. Every message is typed, and its record is held against the official schema in both
            directions: `MessageTests` and `MutationTests` in `test/Voltwright.Ocpp.Tests/Versions/`. Besides, each is exchanged between the real
            server and a station, and the answers are held against the schemas: *station* messages by
            `EveryMessageTests.Messages_OfStations_AreAnsweredAsSpecified`, *management system* messages by
            `EveryMessageTests.Commands_OfTheVersion_ReachAStationAndItsAnswerConforms`, both in `test/EndToEnd/Ocpp2/`.

            Fields of no specification are refused with FormatViolation in all versions; 2.x takes any field inside `customData`.

            | | |
            |---|---|
            | served | the server answers it, and tests above show it |
            | sent | the server sends it; the simulated station does what it asks |
            | sent, refused | the server sends it; the simulated station answers NotSupported |
            | – | the version has no such message |


            """.ReplaceLineEndings("\n"));
        foreach (var (title, sender) in new[] { ("From the station", Sender.Station), ("From the management system", Sender.ManagementSystem) })
        {
            text.Append($"## {title}\n\n| Message | Belongs to | 1.6 | 2.0.1 | 2.1 |\n|---|---|---|---|---|\n");
            foreach (var action in ActionsOf(sender))
            {
                var cells = Versions.Select(version => Cell(version, action, sender));
                text.Append($"| {action} | {ProfileOf(action)} | {string.Join(" | ", cells)} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<string> ActionsOf(Sender sender) => Versions
        .SelectMany(version => EveryMessageTests.ProtocolOf(version).Messages)
        .Where(message => message.Sender == sender || message.Sender == Sender.Either)
        .Select(message => message.Action)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static string ProfileOf(string action) => Versions
        .Select(version => EveryMessageTests.ProtocolOf(version).Find(action)?.Profile)
        .Last(profile => profile is not null)!;

    private static string Cell(OcppVersion version, string action, Sender sender)
    {
        if (EveryMessageTests.ProtocolOf(version).Find(action) is null)
            return "–";
        if (sender == Sender.Station)
            return ServedByTheGateway(version).Contains(action) ? "served" : "**not served**";
        return ServedByTheSimulator(version).Contains(action) ? "sent" : "sent, refused";
    }
}
