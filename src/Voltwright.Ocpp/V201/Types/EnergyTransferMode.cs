using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

public enum EnergyTransferMode
{
    [JsonStringEnumMemberName("AC_single_phase")] ACSinglePhase,
    [JsonStringEnumMemberName("AC_two_phase")] ACTwoPhase,
    [JsonStringEnumMemberName("AC_three_phase")] ACThreePhase,
    DC,
    [Since21, JsonStringEnumMemberName("AC_BPT")] ACBPT,
    [Since21, JsonStringEnumMemberName("AC_BPT_DER")] ACBPTDER,
    [Since21, JsonStringEnumMemberName("AC_DER")] ACDER,
    [Since21, JsonStringEnumMemberName("DC_BPT")] DCBPT,
    [Since21, JsonStringEnumMemberName("DC_ACDP")] DCACDP,
    [Since21, JsonStringEnumMemberName("DC_ACDP_BPT")] DCACDPBPT,
    [Since21] WPT,
}
