namespace Voltwright.Cli.Demo;

/// <summary>Something in the story did not go as it must; the message says what was expected and what was seen.</summary>
internal sealed class DemoFailure(string message) : Exception(message);
