namespace Voltwright.Ocpp;

/// <summary>
/// What a CALLERROR says, in the spelling of OCPP 2.x; <see cref="ErrorSpelling"/> writes it as each version does. OCPP-J 1.6 §4.2.3.
/// </summary>
public enum OcppErrorCode
{
    /// <summary>The action is unknown.</summary>
    NotImplemented,

    /// <summary>The action is known, but this end does not serve it.</summary>
    NotSupported,

    /// <summary>The receiver failed, through no fault of the message.</summary>
    InternalError,

    /// <summary>The message breaks a rule of the conversation, such as an id already in use.</summary>
    ProtocolError,

    SecurityError,

    /// <summary>Not JSON, not a frame, or a payload with fields that its action does not have.</summary>
    FormatViolation,

    /// <summary>A value is outside what its field allows: length, range, enumeration, form of a time.</summary>
    PropertyConstraintViolation,

    /// <summary>A required field is missing, or a list has too few or too many items.</summary>
    OccurrenceConstraintViolation,

    /// <summary>A value has the wrong JSON type.</summary>
    TypeConstraintViolation,

    GenericError,

    /// <summary>The frame's type number is none of this version. OCPP 2.x only.</summary>
    MessageTypeNotSupported,

    /// <summary>The frame could not be read at all. OCPP 2.x only.</summary>
    RpcFrameworkError,
}
