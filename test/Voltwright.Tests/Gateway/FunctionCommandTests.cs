using System.Text.Json;
using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Maintenance;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;
using Voltwright.SmartCharging;

namespace Voltwright.Tests.Gateway;

/// <summary>What the domain asks in its own words, as it arrives at a 1.6 station, and what the station's answer means.</summary>
public sealed class FunctionCommandTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateHash Hash = new("SHA256", "aa", "bb", "1f");
    private readonly FakeStation _station = new("CP1");

    public static TheoryData<string, StationCommand, string, string> Commands()
    {
        var campaign = new FirmwareCampaign("f", "http://f.example/1.bin", "2.0", Noon, null, null, null, 3, 60, 1, Noon);
        var signed = campaign with { Signature = "c2ln", SigningCertificate = "PEM", InstallAt = Noon.AddHours(1) };
        var profile = new ChargingProfile
        {
            Id = 7, Purpose = ProfilePurpose.Default, StackLevel = 2, Kind = ProfileKind.Daily,
            Schedule = new([new(0, 11_000), new(3600, 3680.55m, 1)], PowerUnit.W, Noon, 7200),
        };
        var data = new TheoryData<string, StationCommand, string, string>();
        data.Add("ChangeConfiguration", new StationCommand.ChangeSecret("AABB"), """{"key":"AuthorizationKey","value":"AABB"}""", """{"status":"Accepted"}""");
        data.Add("CertificateSigned", new StationCommand.DeliverCertificate("PEM"), """{"certificateChain":"PEM"}""", """{"status":"Accepted"}""");
        data.Add(
            "InstallCertificate", new StationCommand.InstallCertificate("manufacturer", "PEM"),
            """{"certificateType":"ManufacturerRootCertificate","certificate":"PEM"}""", """{"status":"Accepted"}""");
        data.Add(
            "DeleteCertificate", new StationCommand.DeleteCertificate(Hash),
            """{"certificateHashData":{"hashAlgorithm":"SHA256","issuerNameHash":"aa","issuerKeyHash":"bb","serialNumber":"1f"}}""", """{"status":"Accepted"}""");
        data.Add(
            "SendLocalList", new StationCommand.SendCardList(4, false, [new("A", CardStatus.Active), new("B", CardStatus.Blocked), new("C", null)]),
            """
            {"listVersion":4,"localAuthorizationList":[{"idTag":"A","idTagInfo":{"status":"Accepted"}},{"idTag":"B","idTagInfo":{"status":"Blocked"}},
            {"idTag":"C"}],"updateType":"Differential"}
            """,
            """{"status":"Accepted"}""");
        data.Add("GetLocalListVersion", new StationCommand.ReadListVersion(), "{}", """{"listVersion":3}""");
        data.Add("ClearCache", new StationCommand.ClearCache(), "{}", """{"status":"Accepted"}""");
        data.Add(
            "UpdateFirmware", new StationCommand.UpdateFirmware(9, campaign),
            """{"location":"http://f.example/1.bin","retries":3,"retrieveDate":"2026-03-01T12:00:00.000Z","retryInterval":60}""", "{}");
        data.Add(
            "SignedUpdateFirmware", new StationCommand.UpdateFirmware(9, signed),
            """
            {"retries":3,"retryInterval":60,"requestId":9,"firmware":{"location":"http://f.example/1.bin","retrieveDateTime":"2026-03-01T12:00:00.000Z",
            "installDateTime":"2026-03-01T13:00:00.000Z","signingCertificate":"PEM","signature":"c2ln"}}
            """,
            """{"status":"Accepted"}""");
        data.Add(
            "GetLog", new StationCommand.FetchLog(5, "security", new Uri("http://us.example/u/1"), Noon, null),
            """{"log":{"remoteLocation":"http://us.example/u/1","oldestTimestamp":"2026-03-01T12:00:00.000Z"},"logType":"SecurityLog","requestId":5}""",
            """{"status":"Accepted","filename":"a.log"}""");
        data.Add("TriggerMessage", new StationCommand.Trigger("status", 2), """{"requestedMessage":"StatusNotification","connectorId":2}""", """{"status":"Accepted"}""");
        data.Add(
            "ExtendedTriggerMessage", new StationCommand.Trigger(StationCommand.Trigger.CertificateRequest, null),
            """{"requestedMessage":"SignChargePointCertificate"}""", """{"status":"Accepted"}""");
        data.Add("GetConfiguration", new StationCommand.ReadVariables(["HeartbeatInterval"]), """{"key":["HeartbeatInterval"]}""", "{}");
        data.Add(
            "ChangeConfiguration", new StationCommand.WriteVariable("HeartbeatInterval", "60"),
            """{"key":"HeartbeatInterval","value":"60"}""", """{"status":"RebootRequired"}""");
        data.Add(
            "DataTransfer", new StationCommand.SendData("com.acme", "Door", JsonObject.Of(("open", true))),
            """{"vendorId":"com.acme","messageId":"Door","data":"{\u0022open\u0022:true}"}""", """{"status":"Accepted"}""");
        data.Add(
            "SetChargingProfile", new StationCommand.SetProfile(null, profile, null),
            """
            {"connectorId":0,"csChargingProfiles":{"chargingProfileId":7,"stackLevel":2,"chargingProfilePurpose":"TxDefaultProfile",
            "chargingProfileKind":"Recurring","recurrencyKind":"Daily",
            "chargingSchedule":{"duration":7200,"startSchedule":"2026-03-01T12:00:00.000Z","chargingRateUnit":"W",
            "chargingSchedulePeriod":[{"startPeriod":0,"limit":11000},{"startPeriod":3600,"limit":3680.6,"numberPhases":1}]}}}
            """,
            """{"status":"Accepted"}""");
        data.Add("ClearChargingProfile", new StationCommand.ClearProfile(7), """{"id":7}""", """{"status":"Accepted"}""");
        data.Add(
            "GetCompositeSchedule", new StationCommand.ReadCompositeSchedule(1, TimeSpan.FromHours(1), PowerUnit.A),
            """{"connectorId":1,"duration":3600,"chargingRateUnit":"A"}""",
            """
            {"status":"Accepted","connectorId":1,"scheduleStart":"2026-03-01T12:00:00Z",
            "chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}}
            """);
        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_ForAStation_ArrivesInItsWordsAndIsAccepted(string action, StationCommand command, string expected, string answer)
    {
        var (outcome, heard) = await SendAsync(command, (action, answer));

        Assert.Equal(JsonValue.Parse(expected.Trim()), Assert.Single(heard).Payload);
        Assert.Equal(action, heard[0].Action);
        Assert.Empty(Ocpp16.Protocol.Find(action)!.Request.Check(JsonElement.Parse(heard[0].Payload.ToUtf8()), Lenience.None));
        Assert.IsType<CommandOutcome.Accepted>(outcome);
    }

    [Theory]
    [InlineData("SendLocalList", "NotSupported", typeof(CommandOutcome.Unsupported))]
    [InlineData("SendLocalList", "VersionMismatch", typeof(CommandOutcome.Rejected))]
    [InlineData("ChangeConfiguration", "NotSupported", typeof(CommandOutcome.Unsupported))]
    [InlineData("ChangeConfiguration", "Rejected", typeof(CommandOutcome.Rejected))]
    [InlineData("DataTransfer", "UnknownVendorId", typeof(CommandOutcome.Unsupported))]
    [InlineData("DataTransfer", "Rejected", typeof(CommandOutcome.Rejected))]
    [InlineData("SetChargingProfile", "NotSupported", typeof(CommandOutcome.Unsupported))]
    [InlineData("TriggerMessage", "NotImplemented", typeof(CommandOutcome.Unsupported))]
    [InlineData("GetCompositeSchedule", "Rejected", typeof(CommandOutcome.Rejected))]
    public async Task Answer_ThatIsNoConsent_SaysWhetherItIsEverPossible(string action, string status, Type outcome)
    {
        var command = Commands().Select(row => row.Data).First(row => row.Item1 == action && row.Item2 is not StationCommand.ChangeSecret).Item2;

        var (answered, _) = await SendAsync(command, (action, $$"""{"status":"{{status}}"}"""));

        Assert.IsType(outcome, answered);
    }

    [Fact]
    public async Task Diagnostics_OfAStationWithoutTheSecurityExtension_AreAskedForAsOfOld()
    {
        var command = new StationCommand.FetchLog(5, "diagnostics", new Uri("http://us.example/u/1"), null, null);

        var (outcome, heard) = await SendAsync(command, ("GetDiagnostics", """{"fileName":"d.zip"}"""));

        Assert.Equal("""{"location":"http://us.example/u/1"}""", Assert.Single(heard).Payload.ToString());
        Assert.Equal("d.zip", Assert.IsType<CommandOutcome.Accepted>(outcome).Answer["fileName"].AsString());
    }

    [Fact]
    public async Task Certificates_OfAStation_AreAskedForUseByUse()
    {
        const string Found = """
            {"status":"Accepted","certificateHashData":[{"hashAlgorithm":"SHA256","issuerNameHash":"aa","issuerKeyHash":"bb","serialNumber":"1f"}]}
            """;

        var (outcome, heard) = await SendAsync(new StationCommand.ListCertificates(null), ("GetInstalledCertificateIds", Found));

        Assert.Equal(2, heard.Count);
        var listed = Assert.IsType<CommandOutcome.Accepted>(outcome).Answer["certificates"];
        Assert.Equal(["management-system", "manufacturer"], listed.AsArray().Select(c => c["use"].AsString()));
    }

    [Theory]
    [InlineData("v2g")]
    [InlineData("mobility-operator")]
    public async Task Certificate_ForAUseThat16DoesNotHave_IsNotSent(string use)
    {
        var (outcome, heard) = await SendAsync(new StationCommand.InstallCertificate(use, "PEM"), ("InstallCertificate", """{"status":"Accepted"}"""));

        Assert.IsType<CommandOutcome.Unsupported>(outcome);
        Assert.Empty(heard);
    }

    [Fact]
    public async Task CompositeSchedule_OfTheStation_ComesInCommonWords()
    {
        var row = Commands().Select(r => r.Data).Single(r => r.Item1 == "GetCompositeSchedule");

        var (outcome, _) = await SendAsync(row.Item2, (row.Item1, row.Item4));

        Assert.Equal(
            """{"unit":"A","from":"2026-03-01T12:00:00Z","periods":[{"startSeconds":0,"limit":16,"phases":null}]}""",
            Assert.IsType<CommandOutcome.Accepted>(outcome).Answer.ToString());
    }

    private async Task<(CommandOutcome Outcome, List<(string Action, JsonValue Payload)> Heard)> SendAsync(
        StationCommand command, (string Action, string Answer) knows)
    {
        var heard = new List<(string, JsonValue)>();
        var table = new HandlerTable<object>(Ocpp16.Protocol).OnRaw(knows.Action, (_, payload, _) =>
        {
            heard.Add((knows.Action, JsonValue.Parse(payload.GetRawText())));
            return Task.FromResult<OcppAnswer>(new OcppAnswer.Result(JsonElement.Parse(knows.Answer.Trim())));
        });
        await using var host = await GatewayHost.StartAsync(_station);
        await using var peer = await host.ConnectPeerAsync(table);
        await _station.Awaits("connected");
        return (await host.Links.Find("CP1")!.SendAsync(command, CancellationToken.None), heard);
    }
}
