using System.Xml.Linq;
using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class WorkflowDrawingTests
{
    private const string Document = "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0', title: 'A <b> & \"c\"' }\n";

    [Fact]
    public void Svg_OfAnyText_IsWellFormedAccessibleAndAlwaysTheSame()
    {
        var text = Document + "do:\n  - 'odd <name> &': { set: { x: \"\\u0007 < > & ' é 漢字 😀\" } }\n";
        var definition = WorkflowReader.Read(text, "test.yaml").Definition!;

        var svg = WorkflowDrawing.Svg(definition);
        var root = XDocument.Parse(svg).Root!;

        Assert.Equal(svg, WorkflowDrawing.Svg(definition));
        Assert.Equal("img", root.Attribute("role")?.Value);
        Assert.Equal("A <b> & \"c\"", root.Element(root.Name.Namespace + "title")?.Value);
        Assert.Contains("odd <name> &", root.Element(root.Name.Namespace + "desc")?.Value, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', svg);
    }

    [Fact]
    public void StyleSheet_Always_IsPlainEnoughForEveryViewer()
    {
        Assert.DoesNotContain("var(", StyleSheet.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("color-mix(", StyleSheet.Text, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", StyleSheet.Text, StringComparison.Ordinal);
        Assert.Equal(StyleSheet.Text.Count(c => c == '{'), StyleSheet.Text.Count(c => c == '}'));
    }

    [Fact]
    public void Picture_OfASwitch_WritesEachConditionOnItsWay()
    {
        var scene = Geometry.Read(Document + """
            do:
              - choose:
                  switch:
                    - small: { when: .n < 3, then: less }
                    - large: { when: .n > 9, then: end }
              - less: { set: { x: 1 }, then: choose }
            """);

        Assert.Equal(["choose>small: when .n < 3", "choose>large: when .n > 9", "choose>otherwise"], Ways(scene, "choose"));
        Assert.Equal(["small: when .n < 3>less"], Ways(scene, "small: when .n < 3"));
        Assert.Equal(["large: when .n > 9>the workflow ends"], Ways(scene, "large: when .n > 9"));
        Assert.Equal(["otherwise>less"], Ways(scene, "otherwise"));
        var back = scene.Arrows.Single(a => a.From.Title == "less");
        Assert.Equal("choose", back.To.Title);
        Assert.True(back.Points[^1].Y < back.Points[0].Y);
    }

    [Fact]
    public void Picture_OfACaseThatLeadsBack_TurnsUpBeforeWhatComesBelow()
    {
        var scene = Geometry.Read(Document + """
            do:
              - ask: { set: { x: 1 } }
              - choose:
                  switch:
                    - good: { when: .x == 1, then: go }
                    - fair: { when: .x == 2, then: go }
                    - poor: { when: .x == 3, then: ask }
              - go: { set: { x: 1 } }
              - on: { set: { x: 1 } }
            """);

        var back = scene.Arrows.Single(a => a.To.Title == "ask" && a.From.Title.StartsWith("poor", StringComparison.Ordinal));
        var go = scene.Boxes.Single(b => b.Title == "go");
        Assert.All(back.Points, p => Assert.True(p.Y < go.Area.Y));
        Assert.Contains(back.Points, p => p.X > go.Area.Right);
    }

    [Fact]
    public void Picture_OfTryAndCatch_HasBothRegionsAndWhatIsCaught()
    {
        var scene = Geometry.Read(Document + """
            do:
              - attempt:
                  try:
                    - call: { call: http, with: { method: get, endpoint: 'https://h.example/p/{id}' } }
                  catch:
                    errors: { with: { type: 'https://x.y/spec/1.0.0/errors/communication', status: 404 } }
                    when: $error.title == "gone"
                    do:
                      - mend: { set: { x: 1 } }
                    then: exit
            """);

        var frame = scene.Boxes.Single(b => b.Pointer == "/do/0/attempt");
        var caught = Assert.Single(scene.Arrows, a => a.Kind == ArrowKind.Caught);
        Assert.Equal((frame, frame), (caught.From.Parent, caught.To.Parent));
        Assert.Equal(["catch", "communication 404", "when $error.title == \"gone\""], caught.To.Text.Select(t => t.Text));
        Assert.Equal(caught.To, scene.Boxes.Single(b => b.Title == "mend").Parent);
        Assert.Contains("h.example/p/{id}", scene.Boxes.Single(b => b.Title == "call").Text.Select(t => t.Text));
        Assert.Contains("attempt>after an error", Ways(scene, "attempt"));
    }

    [Fact]
    public void Picture_OfALoop_LeadsBackToItsFirstTask()
    {
        var scene = Geometry.Read(Document + "do:\n  - each: { for: { in: .xs }, do: [ { a: { set: { x: 1 } } }, { b: { set: { x: 1 } } } ] }\n");

        Assert.Equal(["b>a"], Ways(scene, "b"));
        Assert.Equal("/do/0/each", scene.Boxes.Single(x => x.Title == "a").Parent?.Pointer);
    }

    [Fact]
    public void Picture_OfAFork_PartsAndJoins()
    {
        var scene = Geometry.Read(Document + "do:\n  - both: { fork: { compete: true, branches: [ { a: { set: { x: 1 } } }, { b: { set: { x: 1 } } } ] } }\n");

        Assert.Equal(["all begin>a", "all begin>b"], Ways(scene, "all begin"));
        Assert.Equal(["a>the first to finish wins"], Ways(scene, "a"));
    }

    [Fact]
    public void Picture_OfWhatIsNeverReached_StandsApart()
    {
        var scene = Geometry.Read(Document + "do:\n  - a: { set: { x: 1 }, then: c }\n  - b: { set: { x: 1 } }\n  - c: { set: { x: 1 } }\n");

        Assert.DoesNotContain(scene.Arrows, a => a.To.Title == "b");
        Assert.Equal(["b>goes on with c"], Ways(scene, "b"));
    }

    [Theory]
    [InlineData("schedule: { cron: '0 0 * * *' }", "starts by the clock", "0 0 * * *")]
    [InlineData("schedule: { every: { minutes: 90 } }", "starts every", "1 h 30 min")]
    [InlineData("schedule: { on: { one: { with: { type: com.example.e } } } }", "starts on events", "com.example.e")]
    public void Picture_OfASchedule_SaysWhenItStarts(string schedule, string kind, string detail)
    {
        var start = Geometry.Read($"{Document}{schedule}\ndo:\n  - a: {{ set: {{ x: 1 }} }}\n").Boxes[0];

        Assert.Equal((BoxShape.Start, kind), (start.Shape, start.Text[0].Text));
        Assert.Equal(detail, start.Text[^1].Text);
    }

    private static string[] Ways(Scene scene, string from) => [.. scene.Arrows.Where(a => a.Kind == ArrowKind.Flow && a.From.Title == from)
        .Select(a => $"{a.From.Title}>{a.To.Title}")];
}
