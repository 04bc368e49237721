namespace Voltwright.Stations;

/// <summary>A station that knocked and is not registered: <c>candidate/{id}</c>, for an operator to admit or ignore.</summary>
public sealed record Candidate(
    string Id, string Protocol, string RemoteAddress, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, int Attempts);
