using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.Ocpp2;

namespace Voltwright.Simulator.Tests.Ocpp2;

public class DeviceModelTests
{
    readonly DeviceModel _device = new(new OcppStationOptions { Id = "CP1", Endpoint = new Uri("ws://127.0.0.1/ocpp") });

    [Theory]
    [InlineData("OCPPCommCtrlr", "HeartbeatInterval", null, GetVariableStatus.Accepted, "300")]
    [InlineData("ocppcommctrlr", "heartbeatinterval", null, GetVariableStatus.Accepted, "300")]
    [InlineData("OCPPCommCtrlr", "HeartbeatInterval", AttributeType.Target, GetVariableStatus.NotSupportedAttributeType, null)]
    [InlineData("OCPPCommCtrlr", "Mood", null, GetVariableStatus.UnknownVariable, null)]
    [InlineData("Toaster", "Active", null, GetVariableStatus.UnknownComponent, null)]
    [InlineData("SecurityCtrlr", "BasicAuthPassword", null, GetVariableStatus.Rejected, null)]
    public void Variable_Read_SaysItsValueOrWhyNot(
        string component, string variable, AttributeType? attribute, GetVariableStatus status, string? value)
    {
        var read = _device.Read(new GetVariableData
        {
            Component = new Component { Name = component },
            Variable = new Variable { Name = variable },
            AttributeType = attribute,
        });

        Assert.Equal((status, value), (read.AttributeStatus, read.AttributeValue));
    }

    [Theory]
    [InlineData("OCPPCommCtrlr", "HeartbeatInterval", "60", SetVariableStatus.Accepted)]
    [InlineData("OCPPCommCtrlr", "HeartbeatInterval", "soon", SetVariableStatus.Rejected)]
    [InlineData("ChargingStation", "Model", "Other", SetVariableStatus.Rejected)]
    [InlineData("OCPPCommCtrlr", "Mood", "good", SetVariableStatus.UnknownVariable)]
    [InlineData("Toaster", "Active", "true", SetVariableStatus.UnknownComponent)]
    public void Variable_Written_ChangesOnlyIfItMay(string component, string variable, string value, SetVariableStatus status)
    {
        var heard = new List<string>();
        _device.Written += (where, what, written) => heard.Add($"{where.Name}.{what}={written}");

        var result = _device.Write(new SetVariableData
        {
            Component = new Component { Name = component },
            Variable = new Variable { Name = variable },
            AttributeValue = value,
        });

        Assert.Equal(status, result.AttributeStatus);
        Assert.Equal(status == SetVariableStatus.Accepted ? [$"{component}.{variable}={value}"] : [], heard);
    }

    [Fact]
    public void Report_OfOneComponent_HasItsVariablesAndHidesSecrets()
    {
        var report = _device.Report((component, _) => component.Name == "SecurityCtrlr");

        Assert.Equal(["SecurityProfile", "OrganizationName", "BasicAuthPassword"], report.Select(entry => entry.Variable.Name));
        Assert.Null(report[2].VariableAttribute[0].Value);
    }

    [Fact]
    public void Monitor_SetTwice_IsADuplicateUntilItIsCleared()
    {
        var monitors = new Monitors();
        var asked = new SetMonitoringData
        {
            Value = 10,
            Type = MonitorType.UpperThreshold,
            Severity = 5,
            Component = new Component { Name = "OCPPCommCtrlr" },
            Variable = new Variable { Name = "HeartbeatInterval" },
        };

        var first = monitors.Set(_device, asked);
        var second = monitors.Set(_device, asked);
        var report = monitors.Report((_, _) => true, [MonitoringCriterion.ThresholdMonitoring]);
        var cleared = monitors.Clear(first.Id!.Value);

        Assert.Equal((SetMonitoringStatus.Accepted, SetMonitoringStatus.Duplicate), (first.Status, second.Status));
        Assert.Equal(first.Id, Assert.Single(Assert.Single(report).VariableMonitoring).Id);
        Assert.Equal(ClearMonitoringStatus.Accepted, cleared.Status);
        Assert.Equal(ClearMonitoringStatus.NotFound, monitors.Clear(first.Id.Value).Status);
        Assert.Empty(monitors.Report((_, _) => true, null));
    }
}
