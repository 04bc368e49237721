using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Voltwright.Workflows.Drawing;

namespace Voltwright.Server.Console.Layout;

/// <summary>Style sheets, script and icon of console and driver's page: inside the assembly, under addresses that change with their content.</summary>
internal static class AssetFiles
{
    private const string Console = "Voltwright.Server.Console.Assets.";
    private const string MonacoPrefix = "monaco/";
    private const string Driver = "Voltwright.Server.Driver.Assets.";

    private static readonly FrozenDictionary<string, (string Type, byte[] Bytes, string Version)> All = new[]
    {
        (Console, "colors.css", "text/css; charset=utf-8"), (Console, "console.css", "text/css; charset=utf-8"),
        (Console, "console.js", "text/javascript; charset=utf-8"), (Console, "editor.js", "text/javascript; charset=utf-8"),
        (Console, "icon.svg", "image/svg+xml"),
        (Driver, "driver.css", "text/css; charset=utf-8"),
    }.ToFrozenDictionary(a => a.Item2, a => Read(a.Item1 + a.Item2, a.Item3));

    // The pictures' own style sheet as a file: pages allow no styles inside themselves.
    private static readonly (string Type, byte[] Bytes, string Version) Drawing =
        Versioned(Encoding.UTF8.GetBytes(WorkflowDrawing.Styles), "text/css; charset=utf-8");

    // The text editor's own files, by their paths; packed once, since they are large.
    private static readonly FrozenDictionary<string, (string Type, byte[] Bytes, string Version)> Monaco = Assembly.GetExecutingAssembly()
        .GetManifestResourceNames().Where(n => n.StartsWith(MonacoPrefix, StringComparison.Ordinal))
        .ToFrozenDictionary(n => n[MonacoPrefix.Length..].Replace('\\', '/'), n => Read(n, TypeOf(n)));

    private static readonly ConcurrentDictionary<string, byte[]> Packed = new(StringComparer.Ordinal);

    /// <summary>Where the text editor is loaded from, when a page wants it.</summary>
    public static string MonacoUrl { get; } = $"/assets/monaco/{Monaco["vs/editor/editor.main.js"].Version}";

    public static string DrawingUrl => $"/assets/{Drawing.Version}/drawing.css";

    public static string Url(string name) => $"/assets/{All[name].Version}/{name}";

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/assets/{version}/{name}", Serve).AllowAnonymous();
        app.MapGet("/assets/monaco/{version}/{**path}", ServeMonaco).AllowAnonymous();
    }

    private static IResult ServeMonaco(string path, HttpContext context)
    {
        if (!Monaco.TryGetValue(path, out var asset))
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return TypedResults.Bytes(asset.Bytes, asset.Type);
        headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(Packed.GetOrAdd(path, _ => Pack(asset.Bytes)), asset.Type);
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => "font/ttf",
    };

    private static IResult Serve(string name, HttpContext context)
    {
        var asset = name == "drawing.css" ? Drawing : All.GetValueOrDefault(name);
        if (asset.Bytes is null)
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(asset.Bytes, asset.Type);
    }

    private static (string Type, byte[] Bytes, string Version) Read(string name, string type)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Versioned(bytes, type);
    }

    private static (string Type, byte[] Bytes, string Version) Versioned(byte[] bytes, string type) =>
        (type, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
}
