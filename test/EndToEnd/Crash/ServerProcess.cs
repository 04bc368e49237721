using Voltwright.Bench.Serving;
using Voltwright.EndToEnd.Cluster;

namespace Voltwright.EndToEnd.Crash;

/// <summary>A server on one data folder, to be killed and started again at the same ports.</summary>
internal sealed class ServerProcess(string dataFolder, params string[] more) : ServeProcess(ClusterFixture.Executable, AdministratorKey, TimeSpan.FromSeconds(30))
{
    public const string AdministratorKey = "crash-test-administrator-key";

    protected override IEnumerable<string> Arguments => ["--data", dataFolder, .. more];
}
