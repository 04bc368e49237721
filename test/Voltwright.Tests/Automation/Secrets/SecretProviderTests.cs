using Voltwright.Automation.Secrets;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Tests.Automation.Secrets;

public sealed class SecretProviderTests
{
    [Fact]
    public void Environment_AskedByName_FindsTheVariable()
    {
        Environment.SetEnvironmentVariable("VOLTWRIGHT_SECRET_MY_OAUTH2_KEY", """{"token": "abc"}""");

        Assert.Equal("abc", new EnvironmentSecrets().Find("my-oauth2.key")!.Value["token"]);
        Assert.Null(new EnvironmentSecrets().Find("another"));
    }

    [Fact]
    public void File_WithAMapping_HasItsNames()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "secrets.yaml");
        File.WriteAllText(path, "plain: text\nlogin: { username: me, password: you }\n");

        Assert.Equal("you", new FileSecrets(path).Find("login")!.Value["password"]);
        Assert.Null(new FileSecrets(path).Find("other"));
        File.WriteAllText(path, "- no mapping");
        Assert.Throws<FormatException>(() => new FileSecrets(path));
    }

    [Fact]
    public void Folder_HasAFileForEach_AndNothingOutside()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "token"), "123\n");
        var secrets = new FileSecrets(folder.Path);

        Assert.Equal("123", secrets.Find("token"));
        File.WriteAllText(Path.Combine(folder.Path, "token"), "456");
        Assert.Equal("456", secrets.Find("token"));
        Assert.Null(secrets.Find("../token"));
        Assert.Null(secrets.Find("missing"));
    }

    [Fact]
    public void Providers_AreAskedInTheirOrder_AndListNothing()
    {
        var all = new ProvidedSecrets(new Fixed("a", "first"), new Fixed("a", "second"), new Fixed("b", "other"));

        Assert.Equal("first", all["a"]);
        Assert.True(all.ContainsKey("b"));
        Assert.False(all.TryGetValue("c", out _));
        Assert.Empty(all);
    }

    private sealed class Fixed(string name, string value) : ISecretProvider
    {
        public JsonValue? Find(string asked) => asked == name ? value : default(JsonValue?);
    }
}
