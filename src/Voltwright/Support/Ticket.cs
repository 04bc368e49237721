namespace Voltwright.Support;

[GenerateSerializer, Immutable]
public sealed record Ticket(string Id);
