namespace Voltwright.Jq.Tests.Evaluation;

public sealed class ModuleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voltwright-jq-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Import_OfALibrary_PrefixesItsFunctions()
    {
        Write("tools.jq", "def twice: . * 2; def four: twice | twice;");
        Assert.Equal("[2,4]", Run("import \"tools\" as t; [t::twice, t::four]", 1));
    }

    [Fact]
    public void Include_OfALibrary_BringsItsFunctionsIn()
    {
        Write("tools.jq", "def twice: . * 2;");
        Assert.Equal("6", Run("include \"tools\"; twice", 3));
    }

    [Fact]
    public void Import_OfData_BindsAllItsValues()
    {
        Write("rates.json", "{\"night\": 1} 2");
        Assert.Equal("[[{\"night\":1},2],1]", Run("import \"rates\" as $r; [$r, $r::r[0].night]"));
    }

    [Fact]
    public void Import_FromALibrary_SearchesBesideIt()
    {
        Write("sub/outer.jq", "import \"inner\" as i {search: \"./\"}; def go: i::value;");
        Write("sub/inner.jq", "def value: 5;");
        Assert.Equal("5", Run("import \"sub/outer\" as o; o::go"));
    }

    [Fact]
    public void Import_OfAFolder_TakesTheFileOfItsName()
    {
        Write("kit/kit.jq", "def x: 1;");
        Assert.Equal("1", Run("import \"kit\" as k; k::x"));
    }

    [Theory]
    [InlineData("import \"missing\" as m; 1", "module not found: missing")]
    [InlineData("import \"../outside\" as m; 1", "must stay inside")]
    [InlineData("import \"/etc/passwd\" as m; 1", "must stay inside")]
    [InlineData("import \"round\" as r; 1", "import cycle")]
    [InlineData("import \"main\" as m; 1", "not a main expression")]
    [InlineData("import \"a\\(1)\" as m; 1", "must be constant")]
    public void Import_ThatCannotBe_IsRefused(string source, string why)
    {
        Write("round.jq", "import \"round\" as again; def x: 1;");
        Write("main.jq", "1");
        var refusal = Assert.Throws<JqCompileException>(() => Run(source));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModuleMeta_OfALibrary_TellsWhatItHas()
    {
        Write("m.jq", "module {version: 2}; import \"tools\" as t; def a: 1; def b(f; $g): 2;");
        Assert.Equal(
            """{"version":2,"deps":[{"as":"t","is_data":false,"relpath":"tools"}],"defs":["a/0","b/2"]}""", Run("modulemeta", "m"));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Run(string source, JsonValue input = default) =>
        JqProgram.Compile(source, new JqOptions { ModulePaths = [_folder.FullName] }).First(input).Value.ToString();
}
