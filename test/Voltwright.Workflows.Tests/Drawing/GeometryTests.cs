using System.Text;
using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class GeometryTests
{
    [Fact]
    public void Picture_OfEveryShippedWorkflow_IsSound()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "workflows"), "*.yaml"))
            Assert.Empty(Geometry.Faults(Geometry.Read(File.ReadAllText(file))));
    }

    [Fact]
    public void Picture_OfTheUseCaseAndEveryPublishedExample_IsSound()
    {
        foreach (var file in SharedFiles.Files("seed", "*.yaml").Concat(SharedFiles.Files("dsl/examples", "*.yaml")))
        {
            var reading = WorkflowReader.Read(File.ReadAllText(file), file);
            Assert.True(reading.Definition is not null, file);
            Assert.Equal([], Geometry.Faults(WorkflowDrawing.Scene(reading.Definition)));
        }
    }

    [Fact]
    public void Picture_OfRandomJumps_IsSound()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var text = Tangle(new Random(seed));
            var faults = Geometry.Faults(Geometry.Read(text));
            Assert.True(faults.Count == 0, $"seed {seed}: {string.Join("; ", faults)}\n{text}");
        }
    }

    [Fact]
    public void Picture_OfALongList_IsDrawnWithoutDeepRecursion()
    {
        var text = new StringBuilder(Document);
        for (var i = 0; i < WorkflowDrawing.MostTasks; i++)
            text.Append("  - t").Append(i).Append(": { set: { a: 1 } }\n");

        var scene = Geometry.Read(text.ToString());

        Assert.Equal(WorkflowDrawing.MostTasks + 1, scene.Arrows.Count);
    }

    [Fact]
    public void Picture_OfTooManyTasks_IsRefused()
    {
        var text = new StringBuilder(Document);
        for (var i = 0; i <= WorkflowDrawing.MostTasks; i++)
            text.Append("  - t").Append(i).Append(": { set: { a: 1 } }\n");

        Assert.Contains("too many", Assert.Throws<ArgumentException>(() => Geometry.Read(text.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfBoxesOnEachOther_AreFound()
    {
        var scene = Geometry.Read(Document + "  - a: { set: { x: 1 } }\n  - b: { set: { x: 1 } }\n");
        var moved = scene.Boxes.Append(new Box(BoxShape.Card, "set", null, 500, 500, [], "intruder"));

        var faults = Geometry.Faults(scene with { Boxes = [.. moved] });

        Assert.Contains(faults, f => f.Contains("overlaps intruder", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("runs through intruder", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_OfWaysOnEachOther_AreFound()
    {
        var scene = Geometry.Read(Document + "  - a: { set: { x: 1 } }\n  - b: { set: { x: 1 } }\n  - c: { set: { x: 1 } }\n");
        var (over, under) = (scene.Arrows.Single(a => a.To.Title == "c"), scene.Arrows.Single(a => a.From.Title == "a"));
        var astray = new Arrow(under.From, under.To, ArrowKind.Flow, over.Points);

        Assert.Contains(Geometry.Faults(scene with { Arrows = [.. scene.Arrows, astray] }), f => f.Contains("lie on each other", StringComparison.Ordinal));
    }

    private const string Document = "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0' }\ndo:\n";

    // Lists of tasks that jump anywhere: forward, back, to themselves, out, over what is never reached.
    private static string Tangle(Random random)
    {
        var count = random.Next(2, 12);
        var text = new StringBuilder(Document);
        for (var i = 0; i < count; i++)
        {
            text.Append("  - t").Append(i).Append(":\n");
            switch (random.Next(4))
            {
                case 0:
                    text.Append("      switch:\n");
                    for (var c = 0; c < random.Next(1, 4); c++)
                        text.Append("        - c").Append(c).Append(": { when: '.x == ").Append(c).Append("', then: ").Append(Target(random, count)).Append(" }\n");
                    break;
                case 1:
                    text.Append("      do:\n        - x: { set: { a: 1 } }\n        - y: { wait: { seconds: 5 } }\n");
                    break;
                default:
                    text.Append("      set: { a: 1 }\n");
                    break;
            }

            if (random.Next(2) == 0)
                text.Append("      then: ").Append(Target(random, count)).Append('\n');
            if (random.Next(5) == 0)
                text.Append("      if: .x\n");
        }

        return text.ToString();
    }

    private static string Target(Random random, int count) => random.Next(6) switch
    {
        0 => "end",
        1 => "exit",
        2 => "continue",
        _ => $"t{random.Next(count)}",
    };
}
