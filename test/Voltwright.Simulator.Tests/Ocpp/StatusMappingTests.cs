using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.Ocpp;

public class StatusMappingTests
{
    [Theory]
    [InlineData(SlotStatus.Available, SlotStatus.Preparing, true)]
    [InlineData(SlotStatus.Available, SlotStatus.Finishing, false)]
    [InlineData(SlotStatus.Preparing, SlotStatus.Charging, true)]
    [InlineData(SlotStatus.Charging, SlotStatus.Preparing, false)]
    [InlineData(SlotStatus.Charging, SlotStatus.Finishing, true)]
    [InlineData(SlotStatus.Finishing, SlotStatus.Charging, false)]
    [InlineData(SlotStatus.Finishing, SlotStatus.Preparing, true)]
    [InlineData(SlotStatus.Reserved, SlotStatus.Charging, false)]
    [InlineData(SlotStatus.Unavailable, SlotStatus.Available, true)]
    [InlineData(SlotStatus.Charging, SlotStatus.Faulted, true)]
    [InlineData(SlotStatus.Faulted, SlotStatus.Charging, true)]
    public void Transition_OfAConnector_IsLegalAsTheSpecificationSays(SlotStatus from, SlotStatus to, bool legal) =>
        Assert.Equal(legal, StatusMapping.IsLegal(from, to));

    [Fact]
    public void Status_OfEveryKind_HasItsWordInOcpp() =>
        Assert.Equal(9, Enum.GetValues<SlotStatus>().Select(StatusMapping.ToOcpp).Distinct().Count());
}
