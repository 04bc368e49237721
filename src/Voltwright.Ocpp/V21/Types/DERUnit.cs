using System.Text.Json.Serialization;

namespace Voltwright.Ocpp.V21.Types;

public enum DERUnit
{
    [JsonStringEnumMemberName("Not_Applicable")] NotApplicable,
    PctMaxW,
    PctMaxVar,
    PctWAvail,
    PctVarAvail,
    PctEffectiveV,
}
