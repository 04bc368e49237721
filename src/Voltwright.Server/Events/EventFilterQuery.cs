using Voltwright.Events;

namespace Voltwright.Server.Events;

/// <summary>A filter as it is asked for in an address: <c>type</c> and <c>subject</c>, each any number of times.</summary>
internal static class EventFilterQuery
{
    public static EventFilter Of(HttpRequest request) => new(Values(request, "type"), Values(request, "subject"));

    private static string[] Values(HttpRequest request, string name) => [.. request.Query[name].OfType<string>()];
}
