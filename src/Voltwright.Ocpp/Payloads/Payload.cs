using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Voltwright.Ocpp.Payloads;

/// <summary>A payload as its record, or what is wrong with it.</summary>
public abstract record PayloadReading<T>
{
    public sealed record Valid(T Value) : PayloadReading<T>;

    public sealed record Invalid(IReadOnlyList<PayloadProblem> Problems) : PayloadReading<T>
    {
        /// <summary>The CALLERROR code for all problems together: a wrong structure weighs more than a wrong value.</summary>
        public OcppErrorCode Code => Problems.MinBy(problem => problem.Code switch
        {
            OcppErrorCode.TypeConstraintViolation => 0,
            OcppErrorCode.OccurrenceConstraintViolation => 1,
            OcppErrorCode.PropertyConstraintViolation => 2,
            _ => 3,
        })!.Code;

        public string Description => string.Join("; ", Problems);
    }
}

/// <summary>Checks payloads and turns them into records.</summary>
public static class Payload
{
    public static PayloadReading<T> ReadRequest<T>(OcppMessage message, JsonElement payload, Lenience lenience) =>
        Read<T>(payload, message.Request, message.RequestInfo, lenience);

    public static PayloadReading<T> ReadResponse<T>(OcppMessage message, JsonElement payload, Lenience lenience) =>
        Read<T>(payload, message.Response, message.ResponseInfo, lenience);

    static PayloadReading<T> Read<T>(JsonElement payload, PayloadShape shape, JsonTypeInfo info, Lenience lenience)
    {
        var problems = shape.Check(payload, lenience);
        return problems.Count > 0
            ? new PayloadReading<T>.Invalid(problems)
            : new PayloadReading<T>.Valid((T)payload.Deserialize(info)!);
    }
}
