using Voltwright.Ocpp.V16;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Simulator.Tests.Ocpp;

public class StationConfigurationTests
{
    readonly StationConfiguration _configuration = new(connectors: 2);

    [Theory]
    [InlineData("HeartbeatInterval", "60", ConfigurationStatus.Accepted)]
    [InlineData("heartbeatinterval", "60", ConfigurationStatus.Accepted)]
    [InlineData("HeartbeatInterval", "soon", ConfigurationStatus.Rejected)]
    [InlineData("HeartbeatInterval", "-1", ConfigurationStatus.Rejected)]
    [InlineData("LocalPreAuthorize", "true", ConfigurationStatus.Accepted)]
    [InlineData("LocalPreAuthorize", "perhaps", ConfigurationStatus.Rejected)]
    [InlineData("SupportedFeatureProfiles", "Core", ConfigurationStatus.Rejected)]
    [InlineData("Nonsense", "1", ConfigurationStatus.NotSupported)]
    public void Key_Written_IsCheckedByItsKind(string key, string value, ConfigurationStatus status) =>
        Assert.Equal(status, _configuration.Write(key, value));

    [Fact]
    public void Key_Refused_KeepsItsValue()
    {
        _configuration.Write("HeartbeatInterval", "17");
        _configuration.Write("HeartbeatInterval", "x");

        Assert.Equal(TimeSpan.FromSeconds(17), _configuration.Seconds("HeartbeatInterval"));
    }

    [Fact]
    public void Keys_ReadAll_SayWhichAreReadOnly()
    {
        var all = _configuration.Read(null).ConfigurationKey!;

        Assert.Equal("2", all.Single(key => key.Key == "NumberOfConnectors").Value);
        Assert.True(all.Single(key => key.Key == "NumberOfConnectors").Readonly);
        Assert.False(all.Single(key => key.Key == "HeartbeatInterval").Readonly);
    }

    [Fact]
    public void Keys_ReadByName_SplitIntoKnownAndUnknown()
    {
        var read = _configuration.Read(["HeartbeatInterval", "Nonsense"]);

        Assert.Equal("HeartbeatInterval", Assert.Single(read.ConfigurationKey!).Key);
        Assert.Equal(["Nonsense"], read.UnknownKey!);
        Assert.Null(_configuration.Read(["Nonsense"]).ConfigurationKey);
    }
}
