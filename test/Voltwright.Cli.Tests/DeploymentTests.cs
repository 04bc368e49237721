using System.Text.RegularExpressions;
using Voltwright.Testing;
using YamlDotNet.RepresentationModel;

namespace Voltwright.Cli.Tests;

/// <summary>What lies in <c>deploy/</c> and the manual fits the program, as far as can be told without an engine.</summary>
public sealed partial class DeploymentTests
{
    private static readonly Lazy<Task<string>> Help = new(async () => (await Executable.RunAsync("serve", "--help")).Output);

    public static TheoryData<string> Manifests =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "kubernetes"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [InlineData("systemd/voltwright.service")]
    [InlineData("container/Containerfile")]
    [InlineData("kubernetes/single.yaml")]
    [InlineData("kubernetes/cluster.yaml")]
    public async Task Deployment_OptionsOfServe_Exist(string file)
    {
        var options = OptionName().Matches(Read(file)).Select(m => m.Value).Where(o => o is not ("--from" or "--chown")).Distinct().ToList();
        Assert.NotEmpty(options);
        var help = await Help.Value;
        Assert.All(options.Where(o => !o.StartsWith("--from-", StringComparison.Ordinal)), option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manual_OptionsOfCommands_Exist()
    {
        string[] manuals = ["operations.md", "scale.md", "telemetry.md"];
        var known = string.Join('\n', await Task.WhenAll(
            Help.Value, HelpOf("bench"), HelpOf("scale"))) + "--from-literal";
        var named = manuals.SelectMany(m => OptionName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", m))).Select(o => o.Value)).Distinct();
        Assert.All(named, option => Assert.Contains(option, known, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Manifest_OfKubernetes_RunsWithoutRightsOnAReadOnlySystem(string file)
    {
        var pod = Pod(file);
        Assert.Equal("true", Text(pod, "securityContext", "runAsNonRoot"));
        Assert.NotEqual("0", Text(pod, "securityContext", "runAsUser"));
        Assert.Equal("false", Text(pod, "automountServiceAccountToken"));
        var container = Container(pod);
        Assert.Equal("true", Text(container, "securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("false", Text(container, "securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("ALL", Text(At(container, "securityContext", "capabilities", "drop")[0]));
        var writable = ((YamlSequenceNode)At(container, "volumeMounts")).Select(m => Text(m, "mountPath")).ToList();
        Assert.Contains("/tmp", writable);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Manifest_OfKubernetes_ProbesThePortItListensAt(string file)
    {
        var container = Container(Pod(file));
        var arguments = ((YamlSequenceNode)At(container, "args")).Select(a => Text(a)).ToList();
        var port = new Uri(arguments[arguments.IndexOf("--urls") + 1].Replace("0.0.0.0", "localhost", StringComparison.Ordinal)).Port;
        var ports = ((YamlSequenceNode)At(container, "ports")).ToDictionary(p => Text(p, "name"), p => Text(p, "containerPort"));
        Assert.Equal($"{port}", ports["http"]);
        string[] probes = ["startupProbe", "livenessProbe", "readinessProbe"];
        Assert.All(probes, probe => Assert.Equal("http", Text(container, probe, "httpGet", "port")));
        Assert.Equal("/health/live", Text(container, "livenessProbe", "httpGet", "path"));
        Assert.Equal("/health/ready", Text(container, "readinessProbe", "httpGet", "path"));
        var service = Documents(file).First(d => Text(d, "kind") == "Service");
        Assert.Equal("http", Text(At(service, "spec", "ports")[0], "targetPort"));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Manifest_OfKubernetes_TakesSecretsFromSecrets(string file)
    {
        var variables = (YamlSequenceNode)At(Container(Pod(file)), "env");
        var secret = variables.Single(v => Text(v, "name") == "VOLTWRIGHT_ADMIN_KEY");
        Assert.Equal("voltwright", Text(secret, "valueFrom", "secretKeyRef", "name"));
    }

    [Fact]
    public void Container_AsBuilt_HasNoRootAndStartsTheProgram()
    {
        var file = Read("container/Containerfile");
        var last = file[file.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];
        Assert.Matches(@"\nUSER 1654:1654\n", last);
        Assert.Contains("ENTRYPOINT [\"/app/voltwright\", \"serve\"]", last, StringComparison.Ordinal);
        Assert.Matches(@"\nEXPOSE 8080\n", last);
        Assert.Contains("http://0.0.0.0:8080", last, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, "src", "Voltwright.Cli")));
    }

    [Fact]
    public void Unit_OfSystemd_IsConfinedAndComesBack()
    {
        var lines = Read("systemd/voltwright.service").Split('\n');
        string[] expected =
        [
            "Restart=always", "DynamicUser=yes", "StateDirectory=voltwright", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=",
        ];
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.Contains(lines, l => l.Contains("--data /var/lib/voltwright", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("http://127.0.0.1:8080", StringComparison.Ordinal));
    }

    [Fact]
    public void Proxy_OfNginx_LeadsToWhereTheUnitListensAndPassesWebSockets()
    {
        var file = Read("nginx/voltwright.conf");
        Assert.Contains("server 127.0.0.1:8080;", file, StringComparison.Ordinal);
        Assert.Contains("proxy_set_header Upgrade $http_upgrade;", file, StringComparison.Ordinal);
        Assert.Equal(file.Count(c => c == '{'), file.Count(c => c == '}'));
    }

    private static async Task<string> HelpOf(string command) => (await Executable.RunAsync(command, "--help")).Output;

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, "deploy", file));

    private static IEnumerable<YamlNode> Documents(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Read($"kubernetes/{file}")));
        return stream.Documents.Select(d => d.RootNode);
    }

    private static YamlNode Pod(string file) =>
        At(Documents(file).Single(d => Text(d, "kind") is "StatefulSet" or "Deployment"), "spec", "template", "spec");

    private static YamlNode Container(YamlNode pod) => At(pod, "containers")[0];

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (at, name) => at[name]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value!;

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]+")]
    private static partial Regex OptionName();
}
