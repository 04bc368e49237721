using System.Xml.Linq;

namespace Voltwright.Tidy;

/// <summary>Dependencies point one way, the map agrees with the tree, and tests keep pace with the code.</summary>
public sealed class StructureTests
{
    private const double MinTestRatio = 0.6;

    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["Voltwright.Jq"] = [],
        ["Voltwright.Workflows"] = ["Voltwright.Jq"],
        ["Voltwright.Ocpp"] = [],
        ["Voltwright"] = ["Voltwright.Workflows", "Voltwright.Ocpp"],
        ["Voltwright.Simulator"] = ["Voltwright.Ocpp"],
        ["Voltwright.Server"] = ["Voltwright"],
        ["Voltwright.Bench"] = ["Voltwright.Server", "Voltwright.Simulator"],
        ["Voltwright.Cli"] = ["Voltwright.Server", "Voltwright.Simulator", "Voltwright.Bench"],
    };

    [Fact]
    public void Projects_Everywhere_PointOneWay() => Assert.Empty(ProductProjects().SelectMany(Directions));

    [Fact]
    public void Projects_PointingBack_Bite() => Assert.NotEmpty(Directions(new SourceFile(
        "src/Voltwright.Jq/Voltwright.Jq.csproj",
        """<Project><ItemGroup><ProjectReference Include="../Voltwright/Voltwright.csproj" /></ItemGroup></Project>""")));

    [Fact]
    public void Engine_Everywhere_HasNoInputOutputAndNoClock() => Assert.Empty(EngineCode().SelectMany(Impurities));

    [Fact]
    public void Engine_ThatOpensASocket_Bites() => Assert.NotEmpty(
        Impurities(new SourceFile("src/Voltwright.Workflows/A.cs", "using System.Net.Http;")));

    [Fact]
    public void Map_OfTheHouse_NamesEveryRoom()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        Assert.All(Rooms(), room => Assert.True(Names(map, room), $"{room}/ is not on the map."));
    }

    [Fact]
    public void Map_OfTheHouse_NamesNoRoomThatIsGone()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        Assert.Empty(Gone(map));
    }

    [Fact]
    public void Map_WithARoomThatIsGone_Bites() => Assert.NotEmpty(Gone("`src/Voltwright/Ballroom/` – for dancing, see `src/Voltwright/Ballroom/Waltz.cs`"));

    [Fact]
    public void Map_WithoutARoom_Bites() => Assert.False(Names("an empty map", "src/Voltwright/Stations"));

    [Fact]
    public void Tests_Together_KeepPaceWithTheCode() => Assert.True(
        Ratio(Repository.Tests, Repository.Product) >= MinTestRatio,
        $"Test lines are {Ratio(Repository.Tests, Repository.Product):0.00} of product lines; {MinTestRatio} is the least.");

    [Fact]
    public void Tests_FallingBehind_Bite() =>
        Assert.True(Ratio([new("test/A.cs", "a\nb")], [new("src/A.cs", "a\nb\nc\nd")]) < MinTestRatio);

    private static IEnumerable<SourceFile> ProductProjects() =>
        Repository.Files.Where(f => f.Folders is ["src" or "bench", ..] && f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> EngineCode() =>
        Repository.ProductCode.Where(f => f.Folders is ["src", "Voltwright.Workflows" or "Voltwright.Jq", ..]);

    private static IEnumerable<string> Directions(SourceFile project) =>
        from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
        let target = Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)
        where !AllowedReferences[project.Name].Contains(target)
        select $"{project.Name} must not depend on {target}.";

    private static IEnumerable<string> Impurities(SourceFile file)
    {
        string[] banned = ["System.Net.Http", "System.Net.Sockets", "Orleans", "Microsoft.AspNetCore", "Microsoft.Data"];
        return from line in file.Lines
               where banned.Any(b => line.StartsWith($"using {b}", StringComparison.Ordinal))
               select $"{file.Path}: {line}";
    }

    private static IEnumerable<string> Rooms() => Repository.Code
        .Where(f => f.Folders is ["src" or "test" or "bench", _, ..])
        .Select(f => string.Join('/', f.Folders.Take(f.Folders[0] == "test" ? 2 : 3)))
        .Distinct();

    private static bool Names(string map, string room) => map.Contains($"`{room}/`", StringComparison.Ordinal);

    private static IEnumerable<string> Gone(string map) =>
        from part in map.Split('`')
        where part.Split('/')[0] is "src" or "test" or "bench"
        where part.Contains('/', StringComparison.Ordinal)
        where !Path.Exists(Path.Combine(Repository.Root, part))
        select part;

    // Cases written as data are tests like any other.
    private static double Ratio(IEnumerable<SourceFile> tests, IEnumerable<SourceFile> product) =>
        (double)tests.Sum(f => f.Lines.Length) / product.Sum(f => f.Lines.Length);
}
