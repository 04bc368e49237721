using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V21;
using Voltwright.Testing;

namespace Voltwright.Ocpp.Tests.Versions;

/// <summary>The messages of all versions as rows of theories, and where their official schemas lie.</summary>
static class EveryVersion
{
    public static IReadOnlyList<OcppProtocol> Protocols { get; } = [Ocpp16.Protocol, Ocpp201.Protocol, Ocpp21.Protocol];

    public static TheoryData<OcppVersion, string> Actions => new(
        Protocols.SelectMany(protocol => protocol.Messages.Select(message => (protocol.Version, message.Action))));

    public static TheoryData<OcppVersion, string, bool> Payloads => new(
        from protocol in Protocols
        from message in protocol.Messages
        from isRequest in new[] { true, false }
        where isRequest || message.IsAnswered
        select (protocol.Version, message.Action, isRequest));

    public static OcppProtocol Protocol(OcppVersion version) => Protocols.Single(protocol => protocol.Version == version);

    public static OcppMessage Message(OcppVersion version, string action) => Protocol(version).Find(action)!;

    /// <summary>The folder of official schemas, where they are at hand.</summary>
    public static string? Schemas(OcppVersion version) => Repository.Shared($"ocpp/{Protocol(version).Subprotocol["ocpp".Length..]}");

    public static string SchemaFile(OcppVersion version, string action, bool isRequest) =>
        !isRequest ? $"{action}Response.json"
        : version == OcppVersion.V16 || !Message(version, action).IsAnswered ? $"{action}.json"
        : $"{action}Request.json";
}
