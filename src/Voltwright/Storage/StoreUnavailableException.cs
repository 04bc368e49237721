namespace Voltwright.Storage;

/// <summary>The store cannot be opened, read or written; the message names the place and the remedy.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
