using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Simulator.Tests.Ocpp;

public class LocalListTests
{
    readonly LocalList _list = new();

    [Fact]
    public void List_Replaced_ForgetsWhatWasBefore()
    {
        _list.Update(Full(1, Entry("A")));
        _list.Update(Full(2, Entry("B")));

        Assert.Equal((2, false, true), (_list.Version, _list.Allows("A"), _list.Allows("b")));
    }

    [Fact]
    public void List_Changed_AddsReplacesAndRemoves()
    {
        _list.Update(Full(1, Entry("A"), Entry("B")));
        var status = _list.Update(new SendLocalListRequest
        {
            ListVersion = 2,
            UpdateType = UpdateType.Differential,
            LocalAuthorizationList = [new() { IdTag = "A" }, Entry("B", AuthorizationStatus.Blocked), Entry("C")],
        });

        Assert.Equal(UpdateStatus.Accepted, status);
        Assert.Equal((false, false, true), (_list.Allows("A"), _list.Allows("B"), _list.Allows("C")));
    }

    [Fact]
    public void List_ChangedToAnOlderVersion_IsRefused()
    {
        _list.Update(Full(5, Entry("A")));

        var status = _list.Update(new SendLocalListRequest { ListVersion = 5, UpdateType = UpdateType.Differential });

        Assert.Equal((UpdateStatus.VersionMismatch, 5), (status, _list.Version));
    }

    static SendLocalListRequest Full(int version, params AuthorizationData[] entries) =>
        new() { ListVersion = version, UpdateType = UpdateType.Full, LocalAuthorizationList = entries };

    static AuthorizationData Entry(string idTag, AuthorizationStatus status = AuthorizationStatus.Accepted) =>
        new() { IdTag = idTag, IdTagInfo = new IdTagInfo { Status = status } };
}
