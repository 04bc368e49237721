namespace Voltwright.Jq.Tests.Paths;

/// <summary>Changing values at paths, beside the same change made by hand.</summary>
public sealed class UpdateTests
{
    private static readonly JsonValue Station = JsonValue.Parse(
        """{"id":"S-1","slots":[{"n":1,"free":true},{"n":2,"free":false},{"n":3,"free":true}],"tariff":{"energy":{"perKwh":"0.40"}}}""");

    [Theory]
    [InlineData(".slots[1].free = true", """{"n":2,"free":true}""", ".slots[1]")]
    [InlineData(".slots[].free |= not", "[false,true,false]", "[.slots[].free]")]
    [InlineData("(.slots[] | select(.free)).n += 10", "[11,2,13]", "[.slots[].n]")]
    [InlineData("del(.slots[] | select(.free))", "[2]", "[.slots[].n]")]
    [InlineData(".slots |= map(.n)", "[1,2,3]", ".slots")]
    [InlineData(".slots[-1].n = 9", "9", ".slots[2].n")]
    [InlineData(".slots[1:] = []", "1", ".slots | length")]
    [InlineData(".slots += [{n: 4}]", "4", ".slots[3].n")]
    [InlineData(".tariff.energy.perKwh |= tonumber", "0.40", ".tariff.energy.perKwh")]
    [InlineData(".tariff.session.fee //= 1", "1", ".tariff.session.fee")]
    [InlineData("del(.tariff.energy)", "{}", ".tariff")]
    [InlineData(".tariff * {time: 1} | .", "[\"energy\",\"time\"]", "keys")]
    [InlineData("walk(if type == \"boolean\" then \"b\" else . end)", "[\"b\",\"b\",\"b\"]", "[.slots[].free]")]
    [InlineData("with_entries(.key |= ascii_upcase)", "[\"ID\",\"SLOTS\",\"TARIFF\"]", "keys_unsorted")]
    [InlineData("to_entries | map(.key) | {a: .}", "[\"id\",\"slots\",\"tariff\"]", ".a")]
    [InlineData("pick(.slots[1].n)", "{\"slots\":[null,{\"n\":2}]}", ".")]
    [InlineData("[paths(type == \"boolean\")] | {p: .}", "[[\"slots\",0,\"free\"],[\"slots\",1,\"free\"],[\"slots\",2,\"free\"]]", ".p")]
    [InlineData("reduce (\"a\", \"b\") as $k (.; .[$k] = ($k | ascii_upcase))", "[\"A\",\"B\"]", "[.a, .b]")]
    [InlineData("limit(1; .slots[]).n = 7", "[7,2,3]", "[.slots[].n]")]
    [InlineData("first(.slots[] | select(.free | not)).n = 0", "[1,0,3]", "[.slots[].n]")]
    [InlineData("getpath([\"slots\", 0, \"n\"]) = 5", "5", ".slots[0].n")]
    [InlineData("(.slots[0], .slots[1]).n = 8", "[8,8,3]", "[.slots[].n]")]
    [InlineData(".. |= (numbers |= . * 2)", "[2,4,6]", "[.slots[].n]")]
    [InlineData("(.. | select(type == \"boolean\")) = null", "[null,null,null]", "[.slots[].free]")]
    [InlineData("if .id == \"S-1\" then .id = \"S-2\" else . end", "\"S-2\"", ".id")]
    [InlineData("(if .id then .id else .x end) = 1", "1", ".id")]
    [InlineData("(.missing // .id) = 2", "2", ".id")]
    [InlineData(".id as $x | .copy = $x", "\"S-1\"", ".copy")]
    [InlineData("(label $f | .slots[] | ., break $f).n = 6", "[6,2,3]", "[.slots[].n]")]
    [InlineData("def s: .slots[]; s.n |= . + 1", "[2,3,4]", "[.slots[].n]")]
    [InlineData("(.slots | recurse | numbers) |= -.", "[-1,-2,-3]", "[.slots[].n]")]
    [InlineData("delpaths([[\"slots\", 0], [\"slots\", 2], [\"id\"]])", "[\"slots\",\"tariff\",2]", "keys_unsorted + [.slots[0].n]")]
    public void Change_AtAPath_ChangesThatPlace(string change, string expected, string looked)
    {
        var before = Station.ToString();
        var outcome = JqProgram.Compile($"{change} | {looked}").First(Station);
        Assert.Equal(expected, outcome.IsValue ? outcome.Value.ToString() : outcome.Message);
        Assert.Equal(before, Station.ToString());
    }

    [Theory]
    [InlineData(".id.x = 1")]
    [InlineData(".slots.x = 1")]
    [InlineData(".tariff[0] = 1")]
    [InlineData(".slots[\"a\"] |= 1")]
    [InlineData("del(.id.x)")]
    [InlineData("del(.slots.x)")]
    [InlineData("(.id | ascii_downcase) = 1")]
    [InlineData("path(.id | length)")]
    [InlineData("path({a: .id} | .a)")]
    [InlineData("(.slots | map(.n))[0] = 1")]
    [InlineData("(\"x\", .id) = 1")]
    [InlineData("path(.slots | sort | .[])")]
    [InlineData("path(.slots | tojson | ..)")]
    [InlineData("getpath([\"id\", \"x\"]) = 1")]
    [InlineData("setpath([{}]; 1)")]
    [InlineData("setpath([[0]]; 1)")]
    [InlineData("delpaths([[{}]])")]
    [InlineData("delpaths([0])")]
    [InlineData(".slots[0:1] = 5")]
    [InlineData(".slots[-9] = 1")]
    public void Change_ThatCannotBe_IsAnError(string source) =>
        Assert.Equal(JqOutcomeKind.Error, JqProgram.Compile(source).First(Station).Kind);
}
