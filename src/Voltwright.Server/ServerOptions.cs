using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Jq;

namespace Voltwright.Server;

/// <summary>All that one server needs to know to start. The defaults are those of <c>voltwright serve</c>.</summary>
public sealed record ServerOptions
{
    /// <summary>The authority that workflows call the supplier API by; it is dispatched in-process.</summary>
    public const string SupplierAuthority = "https://ev-power-supplier.com";

    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Where the database lives; created when missing.</summary>
    public string DataFolder { get; init; } = "voltwright-data";

    /// <summary>Workflow files (*.yaml, *.yml, *.json) deployed at start; null for none.</summary>
    public string? WorkflowsFolder { get; init; }

    /// <summary>0 takes a free port, null starts no MQTT broker.</summary>
    public int? MqttPort { get; init; } = 1883;

    /// <summary>Accepted as an administrator's key for as long as it is configured; never stored.</summary>
    public string? AdministratorKey { get; init; }

    /// <summary>
    /// Authorities that workflows call, and the address that stands behind each: <c>https://petstore.example</c> →
    /// <c>http://127.0.0.1:9000</c>.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Map { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Authorities that workflows may call although they lead to loopback, private or link-local addresses.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>The secrets that workflows may name in <c>use.secrets</c>.</summary>
    public IReadOnlyDictionary<string, JsonValue> Secrets { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>What workflows may ask of this machine.</summary>
    public InvocationOptions Invocations { get; init; } = new();

    /// <summary>OpenTelemetry's own settings, <c>OTEL_*</c>; traces are sent when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is among them.</summary>
    public IReadOnlyDictionary<string, string?> Telemetry { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long ended runs are kept, with their journals.</summary>
    public TimeSpan RunsKeptFor { get; init; } = new AutomationOptions().RunsKeptFor;

    /// <summary>Ended runs kept at most of each status; the oldest go first.</summary>
    public int RunsKept { get; init; } = new AutomationOptions().RunsKept;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where what people must see once goes, such as the first administrator key: standard error.</summary>
    public TextWriter Notices { get; init; } = Console.Error;

    /// <summary>Adds or replaces services before the host is built: the demo and tests use it.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;
}
