using System.Text.Json;

namespace Voltwright.Jq.Tests.Fuzz;

/// <summary>Arrays, objects and texts beside simpler ones that are known to be right, over long random histories.</summary>
public sealed class ModelTests
{
    private const int Seeds = 40;
    private const int Steps = 400;

    [Fact]
    public void Array_OverARandomHistory_AgreesWithAList()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var versions = new List<(JsonArray Array, int[] Model)> { (JsonArray.Empty, []) };
            for (var step = 0; step < Steps; step++)
            {
                var (array, model) = versions[random.Next(4) == 0 ? random.Next(versions.Count) : versions.Count - 1];
                versions.Add(Change(random, array, model, step));
            }

            Assert.All(versions, v => Assert.Equal(v.Model, v.Array.Select(item => (int)item.AsDouble())));
        }
    }

    [Fact]
    public void LongArray_OverARandomHistory_AgreesWithAList()
    {
        var random = new Random(1);
        var model = Enumerable.Range(0, 5000).ToArray();
        var array = JsonArray.From(model.Select(i => (JsonValue)i));
        var kept = new List<(JsonArray, int[])>();
        for (var step = 0; step < 300; step++)
        {
            (array, model) = Change(random, array, model, -step);
            if (step % 50 == 0)
                kept.Add((array, model));
        }

        Assert.All(kept, v => Assert.Equal(v.Item2, v.Item1.AsSpan().ToArray().Select(item => (int)item.AsDouble())));
    }

    [Fact]
    public void Object_OverARandomHistory_AgreesWithADictionary()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var versions = new List<(JsonObject Members, List<(string Key, int Value)> Model)> { (JsonObject.Empty, []) };
            for (var step = 0; step < Steps; step++)
            {
                var (members, model) = versions[random.Next(4) == 0 ? random.Next(versions.Count) : versions.Count - 1];
                var key = $"k{random.Next(seed % 2 == 0 ? 20 : 300)}";
                versions.Add(random.Next(5) == 0
                    ? (members.Without(key), [.. model.Where(m => m.Key != key)])
                    : (members.With(key, step), Set(model, key, step)));
            }

            foreach (var (members, model) in versions)
            {
                Assert.Equal(model, members.Select(m => (m.Key, (int)m.Value.AsDouble())));
                Assert.All(model, m => Assert.Equal(m.Value, members[m.Key].AsDouble()));
            }
        }
    }

    [Fact]
    public void Text_ReadByUs_AgreesWithTheFramework()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var value = new ProgramGenerator(seed).Input();
            var ours = JsonValue.Parse(value.ToIndentedString());
            using var theirs = JsonDocument.Parse(value.ToString());
            Assert.True(Same(ours, theirs.RootElement), value.ToString());
        }
    }

    [Fact]
    public void Text_DamagedAnywhere_IsReadOrRefusedLikeTheFramework()
    {
        var random = new Random(3);
        for (var seed = 0; seed < 3000; seed++)
        {
            var text = new ProgramGenerator(seed).Input().ToString();
            var at = random.Next(text.Length);
            var damaged = random.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, "[]{},:\"0-e".Substring(random.Next(10), 1));
            var ours = Try(() => JsonValue.Parse(damaged).ToString());
            var theirs = Try(() => JsonDocument.Parse(damaged).RootElement.GetRawText());
            // jq reads more than JSON allows (leading zeros, missing digits), never less.
            Assert.True(theirs is null || ours is not null, damaged);
        }
    }

    private static (JsonArray, int[]) Change(Random random, JsonArray array, int[] model, int value)
    {
        switch (random.Next(model.Length == 0 ? 1 : 4))
        {
            case 0:
                return (array.Add(value), [.. model, value]);
            case 1:
                var index = random.Next(model.Length);
                var copy = (int[])model.Clone();
                copy[index] = value;
                return (array.With(index, value), copy);
            case 2:
                var start = random.Next(Math.Min(3, model.Length));
                return (array.Slice(start, model.Length), model[start..]);
            default:
                return (array.Concat(JsonArray.Of(value, value + 1)), [.. model, value, value + 1]);
        }
    }

    private static List<(string, int)> Set(List<(string Key, int Value)> model, string key, int value)
    {
        var copy = new List<(string, int)>(model);
        var index = model.FindIndex(m => m.Key == key);
        if (index < 0)
            copy.Add((key, value));
        else
            copy[index] = (key, value);
        return copy;
    }

    private static bool Same(JsonValue ours, JsonElement theirs) => theirs.ValueKind switch
    {
        JsonValueKind.Null => ours.IsNull,
        JsonValueKind.True => ours == true,
        JsonValueKind.False => ours == false,
        JsonValueKind.Number => ours.AsDouble() == theirs.GetDouble(),
        JsonValueKind.String => ours.AsString() == theirs.GetString(),
        JsonValueKind.Array => ours.AsArray().Count == theirs.GetArrayLength() && ours.AsArray().Zip(theirs.EnumerateArray()).All(p => Same(p.First, p.Second)),
        _ => theirs.EnumerateObject().All(m => Same(ours[m.Name], m.Value)) && ours.AsObject().Count == theirs.EnumerateObject().Count(),
    };

    private static string? Try(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonFormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }
}
