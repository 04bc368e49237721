using System.Text;

namespace Voltwright.Jq.Tests.Values;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("-12.5")]
    [InlineData("1.000")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"a\\\"\\\\\\n\\t\\u0001\\u007fé😀\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1,[2,[]],{\"a\":{}}]")]
    [InlineData("{\"a\":[{\"b\":1},{\"b\":2},{\"c\":3}],\"\":null}")]
    public void Text_ReadAndPrinted_IsTheSame(string text) => Assert.Equal(text, JsonValue.Parse(text).ToString());

    [Theory]
    [InlineData(" [ 1 , 2 ] \n", "[1,2]")]
    [InlineData("{\"a\":1,\"a\":2}", "{\"a\":2}")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\/\"", "\"é😀/\"")]
    [InlineData("\"\\udc00\"", "\"\uFFFD\"")]
    [InlineData("1E2", "1E+2")]
    [InlineData("0.10", "0.10")]
    [InlineData("-0", "-0")]
    [InlineData("nan", "null")]
    [InlineData("[{\"a\":1,\"b\":2},{\"a\":3},{\"b\":4,\"a\":5},{\"a\":6,\"b\":7}]", "[{\"a\":1,\"b\":2},{\"a\":3},{\"b\":4,\"a\":5},{\"a\":6,\"b\":7}]")]
    public void Text_InOtherForms_IsUnderstood(string text, string printed) => Assert.Equal(printed, JsonValue.Parse(text).ToString());

    [Fact]
    public void Text_WithAByteOrderMark_IsUnderstood() => Assert.Equal("1", JsonValue.Parse([0xEF, 0xBB, 0xBF, (byte)'1']).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{1:2}")]
    [InlineData("{,}")]
    [InlineData("[,]")]
    [InlineData("{\"a\":}")]
    [InlineData("\"abc")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("tru")]
    [InlineData("nulll")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("'a'")]
    [InlineData("1 2")]
    [InlineData(":")]
    [InlineData("{\"a\" 1}")]
    public void Text_ThatIsNoJson_IsRefusedWithItsPlace(string text)
    {
        var refusal = Assert.Throws<JsonFormatException>(() => JsonValue.Parse(text));
        Assert.True(refusal.Line >= 1 && refusal.Column >= 1 && refusal.Message.Length > 0);
    }

    [Fact]
    public void Refusal_OnAnyLine_NamesLineAndColumn()
    {
        var refusal = Assert.Throws<JsonFormatException>(() => JsonValue.Parse("{\n  \"a\": 1,\n  \"b\": tru\n}"));
        Assert.Equal(3, refusal.Line);
        Assert.Contains("Invalid literal", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_UpToTheLimit_IsReadAndPrinted()
    {
        var text = new string('[', 10_000) + new string(']', 10_000);
        Assert.Equal(text, JsonValue.Parse(text).ToString());
    }

    [Fact]
    public void Nesting_BeyondTheLimit_IsRefused()
    {
        var refusal = Assert.Throws<JsonFormatException>(() => JsonValue.Parse(new string('[', 100_000)));
        Assert.Contains("Exceeds depth limit for parsing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_MadeByAProgram_IsCutWhenPrinted()
    {
        var deep = JqProgram.Compile("reduce range(20000) as $i (0; [.])").First(default).Value;
        Assert.Contains("<skipped: too deep>", deep.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ManyTexts_OneAfterAnother_AreReadInTurn()
    {
        var values = JsonText.ParseMany("1 \"a\"[2]{\"b\":3}\nnull"u8);
        Assert.Equal(["1", "\"a\"", "[2]", "{\"b\":3}", "null"], values.Select(v => v.ToString()));
    }

    [Fact]
    public void Objects_AlikeAndOtherwise_KeepTheirOwnKeys()
    {
        string[] texts =
        [
            """{"a":{"x":1,"y":2},"b":{"z":3}}""", """{"a":{"z":1},"b":{"x":3,"y":4}}""", """{"a":{"x":1},"b":{"y":2,"x":1}}""",
            """{"a\"b":1,"c":2}""", """{"b":{"x":1,"y":2,"w":3}}""", """{"a":{"x":1,"y":2},"b":{"z":3}}""", """{"c":1,"a":{}}""",
        ];
        foreach (var text in texts.Concat(texts.Reverse()))
            Assert.Equal(text, JsonValue.Parse(text).ToString());
    }

    [Fact]
    public void Objects_OfOneShape_ShareTheirKeys()
    {
        var (first, second) = (JsonValue.Parse("""{"p":1,"q":[]}""").AsObject(), JsonValue.Parse("""{ "p" : 3, "q" : null }""").AsObject());
        Assert.Same(first.Table, second.Table);
    }

    [Fact]
    public void Key_ThatOnlyLooksLikeAKnownOne_IsRefused()
    {
        JsonValue.Parse("""{"a\"b":1}""");
        Assert.Throws<JsonFormatException>(() => JsonValue.Parse("""{"a"b":1}"""));
    }

    [Fact]
    public void Printed_OverLines_IsIndentedByTwo()
    {
        var text = JsonValue.Parse("""{"a":[1,{}],"b":{"c":[]}}""").ToIndentedString();
        Assert.Equal("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {\n    \"c\": []\n  }\n}", text);
    }

    [Fact]
    public void Printed_AsUtf8_AgreesWithTheString()
    {
        var value = JsonValue.Parse("{\"é\":[\"😀\",1.5,true]}");
        Assert.Equal(value.ToString(), Encoding.UTF8.GetString(value.ToUtf8()));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        value.WriteTo(buffer);
        Assert.Equal(value.ToUtf8(), buffer.WrittenSpan.ToArray());
    }
}
