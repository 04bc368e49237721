using Orleans.Runtime;

namespace Voltwright.Cluster;

/// <summary>References to grains without the reflection that Orleans does for each.</summary>
public static class GrainFactoryExtensions
{
    /// <summary>The same as <c>GetGrain</c>, which looks the interface's attributes up anew each time.</summary>
    public static T Find<T>(this IGrainFactory grains, string key)
        where T : class, IGrainWithStringKey
    {
        if (Known<T>.Kind is { } kind)
            return (T)grains.GetGrain(GrainId.Create(kind.Grain, key), kind.Interface);
        var first = grains.GetGrain<T>(key);
        Known<T>.Kind = new(first.GetGrainId().Type, ((GrainReference)(object)first).InterfaceType);
        return first;
    }

    private sealed record Kind(GrainType Grain, GrainInterfaceType Interface);

    private static class Known<T>
    {
        public static Kind? Kind { get; set; }
    }
}
