namespace Voltwright.Ocpp;

/// <summary>Stands for the answer of a message that has none: it travels as a SEND, not as a CALL. OCPP 2.1 part 4 §4.2.4.</summary>
public sealed record NoResponse;
