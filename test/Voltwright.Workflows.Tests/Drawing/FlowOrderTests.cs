using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class FlowOrderTests
{
    [Fact]
    public void Dominators_OfAFlowThatPartsAndJoins_AreWhatCannotBeAvoided()
    {
        var order = Order(6, (0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5));

        Assert.Equal([order.Root, 0, 1, 1, 1, 4], Enumerable.Range(0, 6).Select(order.DominatorOf));
        Assert.True(order.Dominates(1, 5));
        Assert.False(order.Dominates(2, 4));
    }

    [Fact]
    public void Backward_OfALoop_IsOnlyTheWayToItsHead()
    {
        var graph = Graph(4, (0, 1), (1, 2), (2, 1), (2, 3), (3, 3));
        var order = new FlowOrder(graph);

        Assert.Equal([(2, 1), (3, 3)], graph.Edges.Where(order.IsBackward).Select(e => (e.From, e.To)));
    }

    [Fact]
    public void Forward_OfAnyFlow_PutsEveryNodeAfterThoseThatLeadToIt()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var count = random.Next(1, 15);
            var graph = Graph(count, [.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => (random.Next(count), random.Next(count)))]);
            var order = new FlowOrder(graph);
            var place = order.Forward.Index().ToDictionary(p => p.Item, p => p.Index);

            Assert.Equal(count, place.Count);
            Assert.All(graph.Edges.Where(e => !order.IsBackward(e)), e => Assert.True(place[e.From] < place[e.To]));
            Assert.All(Enumerable.Range(0, count), n => Assert.True(order.DominatorOf(n) == order.Root || place[order.DominatorOf(n)] < place[n]));
        }
    }

    [Fact]
    public void Tangles_IntoTheMidstOfALoop_EndInAWord()
    {
        // 0 leads to both ends of the loop 1 ⇄ 2, so that neither is its head.
        var graph = Graph(3, (0, 1), (0, 2), (1, 2), (2, 1));

        graph.BreakTangles(node => Typesetter.Word($"to {node}", "jump", ""));

        var order = new FlowOrder(graph);
        Assert.Equal(4, graph.Nodes.Count);
        Assert.DoesNotContain(graph.Edges, order.IsBackward);
    }

    private static FlowOrder Order(int count, params (int From, int To)[] edges) => new(Graph(count, edges));

    private static FlowGraph Graph(int count, params (int From, int To)[] edges)
    {
        var graph = new FlowGraph();
        for (var i = 0; i < count; i++)
            graph.Add(new Box(BoxShape.Card, "set", null, 100, 40, [], $"{i}"));
        foreach (var (from, to) in edges)
            graph.Connect(from, to, default);
        return graph;
    }
}
