using System.Reflection;
using Voltwright.Stations;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Hosting;

/// <summary>
/// What nodes say to each other, as text, a line for each method and field. During a rolling upgrade two versions talk: lines may be
/// added, and none may change or go as long as the version before has it.
/// </summary>
public sealed class ClusterContractTests
{
    private static readonly string Contract = Path.Combine(Repository.Root, "docs", "contracts", "cluster.txt");

    [Fact]
    public void Contract_OfTheCluster_KeepsWhatWasWrittenDown()
    {
        var now = Describe();
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") == "1")
            File.WriteAllLines(Contract, now);

        var missing = File.ReadAllLines(Contract).Except(now).ToList();

        Assert.True(
            missing.Count == 0,
            "A node of the version before says what this one does not understand any more. Keep it beside what is new; if no released version "
            + $"has it, run this test once with VOLTWRIGHT_WRITE_DOCS=1.\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Contract_WithALineThatIsGone_Bites() =>
        Assert.Contains("Voltwright.Stations.IStationGrain.Connected(String, String) → Task", Describe());

    private static List<string> Describe()
    {
        var types = typeof(IStationGrain).Assembly.GetTypes().Where(t => !t.Name.Contains('<', StringComparison.Ordinal)).ToList();
        var methods = types.Where(t => t.IsInterface && typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(t))
            .SelectMany(t => t.GetMethods().Select(m => $"{t.FullName}.{m.Name}({Parameters(m)}) → {NameOf(m.ReturnType)}"));
        var serialized = types.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), false));
        return [.. methods.Concat(serialized.SelectMany(Members)).Order(StringComparer.Ordinal)];
    }

    private static string Parameters(MethodInfo method) => string.Join(", ", method.GetParameters().Select(p => NameOf(p.ParameterType)));

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(n => $"{type.FullName}.{n} = {Enum.Format(type, Enum.Parse(type, n), "d")}")
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(p => $"{type.FullName}.{p.Name}: {NameOf(p.PropertyType)}");

    private static string NameOf(Type type) => !type.IsGenericType ? type.Name
        : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
}
