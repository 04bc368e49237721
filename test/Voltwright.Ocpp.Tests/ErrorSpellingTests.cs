namespace Voltwright.Ocpp.Tests;

public class ErrorSpellingTests
{
    [Theory]
    [InlineData(OcppErrorCode.NotImplemented, "NotImplemented", "NotImplemented")]
    [InlineData(OcppErrorCode.NotSupported, "NotSupported", "NotSupported")]
    [InlineData(OcppErrorCode.InternalError, "InternalError", "InternalError")]
    [InlineData(OcppErrorCode.ProtocolError, "ProtocolError", "ProtocolError")]
    [InlineData(OcppErrorCode.SecurityError, "SecurityError", "SecurityError")]
    [InlineData(OcppErrorCode.FormatViolation, "FormationViolation", "FormatViolation")]
    [InlineData(OcppErrorCode.PropertyConstraintViolation, "PropertyConstraintViolation", "PropertyConstraintViolation")]
    [InlineData(OcppErrorCode.OccurrenceConstraintViolation, "OccurenceConstraintViolation", "OccurrenceConstraintViolation")]
    [InlineData(OcppErrorCode.TypeConstraintViolation, "TypeConstraintViolation", "TypeConstraintViolation")]
    [InlineData(OcppErrorCode.GenericError, "GenericError", "GenericError")]
    [InlineData(OcppErrorCode.MessageTypeNotSupported, "GenericError", "MessageTypeNotSupported")]
    [InlineData(OcppErrorCode.RpcFrameworkError, "FormationViolation", "RpcFrameworkError")]
    public void Code_OfEachVersion_IsSpeltItsWay(OcppErrorCode code, string inVersion16, string inVersion2)
    {
        Assert.Equal(inVersion16, ErrorSpelling.V16.Write(code));
        Assert.Equal(inVersion2, ErrorSpelling.V2.Write(code));
    }
}
