namespace Voltwright.Sessions;

[GenerateSerializer, Immutable]
public sealed record Session(string Id);
