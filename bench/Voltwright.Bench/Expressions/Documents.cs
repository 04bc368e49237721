using System.Globalization;
using System.Text;

namespace Voltwright.Bench.Expressions;

/// <summary>What is evaluated over: an event as workflows see it, ten numbers, and a document of ten megabytes.</summary>
internal static class Documents
{
    public const string Event = """
        {"event":{"specversion":"1.0","id":"0197a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b","source":"https://ev-power-supplier.com/stations/CP1",
        "type":"com.ev-power-supplier.card.scanned.v1","time":"2026-07-01T12:30:00Z","subject":"CP1","datacontenttype":"application/json",
        "data":{"stationId":"CP1","cardId":"TAG1","connector":1,"cause":"tap","alreadyHappened":false,"card":{"id":"TAG1","status":"active"}}}}
        """;

    public const string EventType = "com.ev-power-supplier.card.scanned.v1";

    public const string Session = """{"id":"S-1","stationId":"CP1","slotNumber":1,"cardId":"TAG1","status":"started","meterStartWh":120400}""";

    public const string Context = """{"station":{"id":"CP1","slots":2},"slot":1,"card":"TAG1","attempt":0}""";

    public const string Ten = """
        [{"a":1,"b":"x"},{"a":2,"b":"y"},{"a":3,"b":"z"},{"a":0,"b":"u"},{"a":5,"b":"v"},
        {"a":1,"b":"w"},{"a":7,"b":"q"},{"a":1,"b":"r"},{"a":9,"b":"s"},{"a":2,"b":"t"}]
        """;

    private const int LargeBytes = 10_000_000;

    /// <summary>Sessions as an export would hold them: nested objects, short texts, some escapes, numbers with and without a fraction.</summary>
    public static byte[] Large()
    {
        var random = new Random(20260701);
        var text = new StringBuilder("[");
        for (var i = 0; text.Length < LargeBytes; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"id":"S-{{i}}","stationId":"CP{{random.Next(500)}}","slot":{"number":{{1 + random.Next(4)}},"status":"charging"},
                "card":{"id":"TAG{{random.Next(10_000)}}","holder":"J\u00fcrgen \"J\" Müller"},"energyWh":{{random.Next(90_000)}},
                "powerKw":{{random.NextDouble() * 22:0.###}},"paid":{{(random.Next(2) == 0 ? "true" : "false")}},"error":null,
                "meter":[{{random.Next(1000)}},{{random.Next(1000)}},{{random.NextDouble():0.#####}}],"note":"line one\nline two"}
                """);
        }

        return Encoding.UTF8.GetBytes(text.Append(']').ToString());
    }
}
