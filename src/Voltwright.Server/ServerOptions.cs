using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Certificates;
using Voltwright.Forwarding.Publications;
using Voltwright.Jq;
using Voltwright.Server.Payments;
using Voltwright.Storage.Postgres;

namespace Voltwright.Server;

/// <summary>All that one server needs to know to start. The defaults are those of <c>voltwright serve</c>.</summary>
public sealed record ServerOptions
{
    /// <summary>The authority that workflows call the supplier API by; it is dispatched in-process.</summary>
    public const string SupplierAuthority = "https://ev-power-supplier.com";

    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>
    /// What is shown at https addresses: at most one with an elliptic-curve key and one with an RSA key, each client seeing the one that
    /// it can use; none has our own authority make one.
    /// </summary>
    public IReadOnlyList<CertificateFile> ServerCertificates { get; init; } = [];

    /// <summary>Of the PKCS #12 files, or of the encrypted keys.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>Whose certificates of stations are believed, and who signs them.</summary>
    public CertificateOptions Certificates { get; init; } = new();

    /// <summary>Where stations reach this server by HTTP, for uploads; null takes what each of them dialled.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Where the database lives; created when missing.</summary>
    public string DataFolder { get; init; } = "voltwright-data";

    /// <summary>The PostgreSQL database to use instead; null keeps everything in <see cref="DataFolder"/>.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>That this server is one of several on <see cref="Postgres"/>; null: it is alone.</summary>
    public NodeOptions? Node { get; init; }

    /// <summary>How long requests are still answered after the order to stop.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Workflow files (*.yaml, *.yml, *.json) deployed at start; null for none.</summary>
    public string? WorkflowsFolder { get; init; }

    /// <summary>0 takes a free port, null starts no MQTT broker.</summary>
    public int? MqttPort { get; init; } = 1883;

    /// <summary>A broker of the operator's, instead of the embedded one: <c>mqtt://user:password@host:1883</c>, or mqtts.</summary>
    public Uri? MqttBroker { get; init; }

    /// <summary>Accepted as an administrator's key for as long as it is configured; never stored.</summary>
    public string? AdministratorKey { get; init; }

    /// <summary>Who vouches for people beside the local accounts; null for nobody.</summary>
    public IdentityProviderOptions? IdentityProvider { get; init; }

    /// <summary>Who holds amounts for drivers that have no card of ours; null for nobody: then only cards can charge.</summary>
    public StripeOptions? Stripe { get; init; }

    /// <summary>
    /// Authorities that workflows call, and the address that stands behind each: <c>https://petstore.example</c> →
    /// <c>http://127.0.0.1:9000</c>.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Map { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Authorities that workflows may call although they lead to loopback, private or link-local addresses.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>The secrets that workflows may name in <c>use.secrets</c>.</summary>
    public IReadOnlyDictionary<string, JsonValue> Secrets { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>Which lifecycle events of runs are published.</summary>
    public LifecyclePublication Lifecycle { get; init; } = LifecyclePublication.None;

    /// <summary>Brokers that the committed events are published to.</summary>
    public IReadOnlyList<Publication> Publications { get; init; } = [];

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
    public TextWriter Notices { get; init; } = System.Console.Error;

    /// <summary>Adds or replaces services before the host is built: the demo and tests use it.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public LogFormat LogFormat { get; init; } = LogFormat.Text;
}

/// <summary>A certificate with the authorities between it and the root, in files.</summary>
/// <param name="Path">PEM with <paramref name="KeyPath"/>, or PKCS #12.</param>
/// <param name="KeyPath">The key of a PEM certificate.</param>
public sealed record CertificateFile(string Path, string? KeyPath = null);

public enum LogFormat
{
    /// <summary>One line a message, for people.</summary>
    Text,

    /// <summary>One JSON object a line, for collectors.</summary>
    Json,
}
