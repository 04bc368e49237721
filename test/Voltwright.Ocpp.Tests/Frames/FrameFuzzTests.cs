using System.Text;
using Voltwright.Ocpp.Frames;

namespace Voltwright.Ocpp.Tests.Frames;

public class FrameFuzzTests
{
    const int Rounds = 20_000;

    static readonly string[] Seeds =
    [
        """[2,"19223201","BootNotification",{"chargePointVendor":"VendorX","chargePointModel":"SingleSocketCharger"}]""",
        """[3,"19223201",{"status":"Accepted","currentTime":"2013-02-01T20:53:32.486Z","interval":300}]""",
        """[4,"19223201","FormationViolation","because",{"problems":[{"path":"a"}]}]""",
    ];

    [Fact]
    public void Reader_AnyMutationOfAFrame_NeverThrows()
    {
        var random = new Random(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);
            try
            {
                Assert.NotNull(FrameReader.Read(bytes));
                FrameReader.RecoverId(bytes);
            }
            catch (Exception thrown)
            {
                Assert.Fail($"round {round}, {Convert.ToHexString(bytes)}: {thrown}");
            }
        }
    }

    static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var change = random.Next(1, 5); change > 0 && mutated.Count > 0; change--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated.RemoveAt(at); break;
                case 2: mutated.Insert(at, "[]{}\",:\\0"u8[random.Next(9)]); break;
                default: mutated.RemoveRange(at, mutated.Count - at); break;
            }
        }

        return [.. mutated];
    }
}
