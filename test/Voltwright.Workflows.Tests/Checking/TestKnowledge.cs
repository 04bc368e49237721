using Voltwright.Jq;
using Voltwright.Workflows.Checking;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>The supplier API and its events, as their documents describe them.</summary>
internal static class TestKnowledge
{
    private static readonly string[] Families = ["com.ev-power-supplier.charging-station.", "com.ev-power-supplier.session."];

    public static Knowledge Supplier { get; } = Knowledge.None
        .WithApi("https://ev-power-supplier.com", Read("openapi/v2.json"))
        .WithEvents(Families, [], Read("events/v1.json"));

    private static JsonValue Read(string document) => JsonValue.Parse(File.ReadAllText(Path.Combine(SharedFiles.Root, "docs", document)));
}
