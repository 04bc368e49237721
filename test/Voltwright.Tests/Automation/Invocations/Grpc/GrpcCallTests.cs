using Grpc.Core;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Grpc;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.Grpc;

public sealed class GrpcCallTests : IAsyncLifetime
{
    private static readonly string Proto = new StreamReader(typeof(GrpcCallTests).Assembly.GetManifestResourceStream("chargers.proto")!).ReadToEnd();
    private FakeChargers _service = null!;

    public async ValueTask InitializeAsync() => _service = await FakeChargers.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Call_Unary_GivesTheAnswer()
    {
        var answer = await CallAsync("Ask", """{"station": "CP1", "count": 3}""");
        Assert.Equal("""{"text":"Hello, CP1","total":3}""", answer.ToString());
    }

    [Fact]
    public async Task Call_Metadata_CarriesIdempotencyKeyAndAuthorization()
    {
        await CallAsync("Ask", """{"station": "CP1"}""");
        Assert.True(_service.Headers.TryDequeue(out var headers));
        Assert.Equal(("key-1", "Bearer t"), (headers.GetValue("idempotency-key"), headers.GetValue("authorization")));
    }

    [Theory]
    [InlineData("Watch", """{"station": "CP1", "count": 2}""", """[{"text":"CP1","total":0},{"text":"CP1","total":1}]""")]
    [InlineData("Watch", """{"station": "CP1"}""", "[]")]
    [InlineData("Add", """[{"count": 2}, {"count": 40}]""", """{"text":"","total":42}""")]
    [InlineData("Add", """{"questions": [{"count": 2}, {"count": 5}]}""", """{"text":"","total":7}""")]
    [InlineData("Add", """{"count": 9}""", """{"text":"","total":9}""")]
    [InlineData("Chat", """[{"station": "a"}, {"station": "b"}]""", """[{"text":"a","total":0},{"text":"b","total":0}]""")]
    [InlineData("Nothing", "null", "{}")]
    public async Task Call_EveryKindOfStream_GivesWhatWasAnswered(string method, string arguments, string expected)
    {
        var answer = await CallAsync(method, arguments);
        Assert.Equal(expected, answer.ToString());
    }

    [Theory]
    [InlineData("grpc://127.0.0.1:{0}")]
    [InlineData("grpc://localhost:{0}")]
    public async Task Call_ProtoByReflection_GivesTheAnswer(string proto)
    {
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, proto, _service.Port);
        var answer = await CallAsync("Echo", """{"aString": "x", "at": "2026-01-02T03:04:05Z"}""", address);
        Assert.Equal(("x", "2026-01-02T03:04:05Z"), (answer["aString"].AsString(), answer["at"].AsString()));
    }

    [Fact]
    public async Task Call_EveryKindOfField_ComesBackAsItWent()
    {
        const string All = """
            {"aDouble":1.5,"aFloat":0.1,"anInt32":-3,"anInt64":"-9007199254740993","aUint32":4294967295,"aUint64":"18446744073709551615",
            "aSint32":-7,"aSint64":"-8","aFixed32":9,"aFixed64":"10","aSfixed32":-11,"aSfixed64":"-12","aBool":true,"aString":"é","someBytes":"AQID",
            "plug":"PLUG_CCS","numbers":[1,-2,300],"counts":{"a":1,"b":0},"left":"l","maybe":0,"at":"2026-01-02T03:04:05.500Z","lasts":"1.500s",
            "data":{"x":[1,null,{"y":true}]},"anyValue":[1,"two"],"wrapped":"5","plugs":["PLUG_TYPE2","PLUG_UNKNOWN"],
            "nested":{"aString":"in"},"items":[{"anInt32":1},{"anInt32":2}],"byNumber":{"7":{"aString":"seven"}}}
            """;
        var sent = JsonValue.Parse(All).AsObject();
        var answer = await CallAsync("Echo", All);
        foreach (var (name, value) in sent)
        {
            if (name is not ("nested" or "items" or "byNumber"))
                Assert.Equal(value, answer[name]);
        }

        Assert.Equal("in", answer["nested"]["aString"].AsString());
        Assert.Equal("[1,2]", ((JsonValue)JsonArray.From(answer["items"].AsArray().Select(i => i["anInt32"]))).ToString());
        Assert.Equal("seven", answer["byNumber"]["7"]["aString"].AsString());
        Assert.False(answer.AsObject().ContainsKey("right"));
    }

    [Fact]
    public async Task Call_FieldsLeftOut_AreThereWithTheirDefaultsUnlessPresenceTells()
    {
        var answer = await CallAsync("Echo", """{"an_int32": 0}""");
        Assert.Equal("[0,false,\"\",\"0\",\"PLUG_UNKNOWN\",[],{}]", ((JsonValue)JsonArray.Of(
            answer["anInt32"], answer["aBool"], answer["aString"], answer["anInt64"], answer["plug"], answer["numbers"], answer["counts"])).ToString());
        Assert.False(answer.AsObject().ContainsKey("maybe"));
        Assert.False(answer.AsObject().ContainsKey("nested"));
    }

    [Theory]
    [InlineData("""{"staton": 1}""", "no field 'staton'", "station, count")]
    [InlineData("""{"count": "many"}""", "Question.count", "whole number")]
    [InlineData("""{"count": 1.5}""", "Question.count", "1.5")]
    [InlineData("""{"count": 3000000000}""", "Question.count", "3000000000")]
    [InlineData("""{"station": 5}""", "Question.station", "a string")]
    [InlineData("5", "Question", "an object")]
    public async Task Call_ArgumentThatDoesNotFit_IsAValidationErrorThatNamesThePlace(string arguments, string place, string wanted)
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("Ask", arguments));
        Assert.Equal(InvocationFailure.Validation, error.Failure);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(wanted, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, 404)]
    [InlineData(StatusCode.Unauthenticated, 401)]
    [InlineData(StatusCode.PermissionDenied, 403)]
    [InlineData(StatusCode.InvalidArgument, 400)]
    [InlineData(StatusCode.ResourceExhausted, 429)]
    [InlineData(StatusCode.Unavailable, 503)]
    [InlineData(StatusCode.Internal, 500)]
    public async Task Call_Status_IsACommunicationErrorWithTheHttpStatus(StatusCode code, int status)
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("Ask", $$"""{"station": "{{code}}"}"""));
        Assert.Equal((InvocationFailure.Communication, status, $"{code}: because of {code}"), (error.Failure, error.Status, error.Message));
    }

    [Fact]
    public async Task Call_NoAnswerInTime_IsDeadlineExceeded()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("Ask", """{"station": "never"}""", limit: TimeSpan.FromMilliseconds(200)));
        Assert.Equal(504, error.Status);
    }

    [Fact]
    public async Task Call_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var call = CallAsync("Ask", """{"station": "never"}""", cancellation: cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("Missing", "no method 'Missing'", "Ask, Echo")]
    public async Task Call_UnknownMethod_IsAConfigurationErrorThatNamesTheKnownOnes(string method, string place, string known)
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(method, "{}"));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(known, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AddressThatIsNotAllowed_IsRefused() =>
        await Assert.ThrowsAsync<RefusedAddressException>(() => CallAsync("Ask", "{}", allow: false));

    [Fact]
    public async Task Call_NobodyThere_IsServiceUnavailable()
    {
        await _service.DisposeAsync();
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("Ask", "{}", port: 1));
        Assert.Equal((InvocationFailure.Communication, 503), (error.Failure, error.Status));
    }

    private Task<JsonValue> CallAsync(
        string method, string arguments, string proto = "https://example.com/chargers.proto", bool allow = true, int? port = null,
        TimeSpan? limit = null, CancellationToken? cancellation = null)
    {
        var to = port ?? _service.Port;
        var routes = new HttpRoutes(allow: allow ? [$"127.0.0.1:{to}", $"localhost:{to}"] : []);
        var call = new GrpcCall(new Outbound(routes), new FixedResources(("https://example.com/chargers.proto", Proto)), TimeProvider.System);
        var service = JsonObject.Of(("name", "chargers.v1.Chargers"), ("host", "127.0.0.1"), ("port", to));
        var with = JsonObject.Of(
            ("proto", JsonObject.Of(("endpoint", proto))), ("service", service), ("method", method), ("arguments", JsonValue.Parse(arguments)));
        return call.CallAsync(with, "key-1", "Bearer t", limit ?? TimeSpan.FromSeconds(30), cancellation ?? TestContext.Current.CancellationToken);
    }
}
