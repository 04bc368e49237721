namespace Voltwright.Workflows.Drawing;

/// <summary>The space between two rows, in which ways turn: each level line gets a track, so that no two of different ways lie on each other.</summary>
internal static class Channel
{
    private const double Plain = 30;
    private const double Before = 14;
    private const double Track = 9;
    private const double After = 20;
    private const double Apart = 7;

    /// <summary>Gives each turn its place below the channel's top.</summary>
    /// <returns>The channel's height.</returns>
    public static double Route(IReadOnlyList<Turn> turns)
    {
        var level = turns.Where(t => Math.Abs(t.FromX - t.ToX) > 0.01).ToArray();
        if (level.Length == 0)
            return Plain;
        var bundles = Bundles(level);
        var tracks = Assign(bundles);
        foreach (var (bundle, track) in bundles.Zip(tracks))
        {
            foreach (var turn in bundle.Turns)
                turn.Y = Before + (track * Track);
        }

        return Before + (tracks.Max() * Track) + After;
    }

    // Turns that begin together or end together share one line.
    private static List<Bundle> Bundles(Turn[] turns)
    {
        var ends = turns.GroupBy(t => (t.Edge.To, t.ToX)).ToDictionary(g => g.Key, g => g.Count());
        return [.. turns
            .GroupBy(t => ends[(t.Edge.To, t.ToX)] > 1 ? (false, t.Edge.To, t.ToX) : (true, t.Edge.From, t.FromX))
            .Select(g => new Bundle([.. g]))
            .OrderBy(b => b.Urgency)];
    }

    private static int[] Assign(List<Bundle> bundles)
    {
        var tracks = new int[bundles.Count];
        for (var i = 0; i < bundles.Count; i++)
        {
            // Above everything that hangs down where this one comes from.
            var wanted = 0;
            for (var j = 0; j < i; j++)
            {
                if (bundles[j].MustBeAbove(bundles[i]))
                    wanted = Math.Max(wanted, tracks[j] + 1);
            }

            while (Enumerable.Range(0, i).Any(j => tracks[j] == wanted && bundles[j].Meets(bundles[i])))
                wanted++;
            tracks[i] = wanted;
            for (var j = 0; j < i; j++)
            {
                if (bundles[i].MustBeAbove(bundles[j]) && tracks[j] <= tracks[i])
                    tracks[j] = tracks[i] + 1;
            }
        }

        return Unclash(bundles, tracks);
    }

    // Moving one down may have put it on another.
    private static int[] Unclash(List<Bundle> bundles, int[] tracks)
    {
        for (var i = 0; i < bundles.Count; i++)
        {
            while (Enumerable.Range(0, bundles.Count).Any(j => j != i && tracks[j] == tracks[i] && bundles[j].Meets(bundles[i])))
                tracks[i]++;
        }

        return tracks;
    }

    /// <summary>A way that comes down at one place and goes on down at another.</summary>
    internal sealed class Turn(FlowEdge edge, double fromX, double toX)
    {
        public FlowEdge Edge => edge;

        public double FromX => fromX;

        public double ToX => toX;

        public double Y { get; set; }
    }

    private sealed class Bundle(Turn[] turns)
    {
        private readonly double _left = turns.Min(t => Math.Min(t.FromX, t.ToX));
        private readonly double _right = turns.Max(t => Math.Max(t.FromX, t.ToX));

        public Turn[] Turns => turns;

        /// <summary>Among ways to the left the leftmost, among ways to the right the rightmost must turn first not to cross its likes.</summary>
        public double Urgency => turns[0].ToX < turns[0].FromX ? turns.Min(t => t.FromX) : -turns.Max(t => t.FromX);

        public bool Meets(Bundle other) => _left - Apart < other._right && other._left - Apart < _right;

        public bool MustBeAbove(Bundle other) =>
            turns.Any(mine => other.Turns.Any(theirs => mine.Edge.To != theirs.Edge.To && Math.Abs(mine.FromX - theirs.ToX) < Apart));
    }
}
