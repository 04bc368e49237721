namespace Voltwright.Certificates;

/// <summary>Our own authority: <c>authority/own</c>. It lives in the store, so that every process of an installation signs alike.</summary>
/// <param name="Certificate">PEM.</param>
/// <param name="Key">PKCS #8 as PEM; never shown.</param>
public sealed record AuthorityKey(string Certificate, string Key, DateTimeOffset CreatedAt);
