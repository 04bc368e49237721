namespace Voltwright.Workflows.Events;

/// <summary>What of an event the workflow gets.</summary>
public enum EventReading
{
    Data,
    Envelope,

    /// <summary>The data before it was parsed: base64 of its bytes.</summary>
    Raw,
}
