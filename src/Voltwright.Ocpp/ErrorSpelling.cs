namespace Voltwright.Ocpp;

/// <summary>How a version of OCPP writes error codes: 1.6 has two spellings of its own and lacks two codes.</summary>
public sealed class ErrorSpelling
{
    readonly Dictionary<OcppErrorCode, string> _own;

    ErrorSpelling(Dictionary<OcppErrorCode, string> own) => _own = own;

    public static ErrorSpelling V16 { get; } = new(new()
    {
        [OcppErrorCode.FormatViolation] = "FormationViolation",
        [OcppErrorCode.OccurrenceConstraintViolation] = "OccurenceConstraintViolation",
        [OcppErrorCode.MessageTypeNotSupported] = "GenericError",
        [OcppErrorCode.RpcFrameworkError] = "FormationViolation",
    });

    public static ErrorSpelling V2 { get; } = new([]);

    public string Write(OcppErrorCode code) => _own.TryGetValue(code, out var spelling) ? spelling : code.ToString();
}
