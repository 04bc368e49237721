using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Voltwright.Testing;

namespace Voltwright.Console.Tests.Browser;

/// <summary>A real browser, once for all tests. Where the machine has none the tests say so and are passed over.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Program = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"], Timeout = 120_000,
        });
    }

    /// <summary>A window with cookies of its own, signed in unless nobody is; its console's complaints are collected.</summary>
    public async Task<Window> OpenAsync(
        House house, string? person, int width = 1280, int height = 900, string scheme = "light", string language = "en", bool withScript = true)
    {
        Assert.SkipUnless(_browser is not null, $"There is no {Program} on this machine.");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = $"{house.Address}", Locale = language, ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light, TimezoneId = "Europe/Berlin", JavaScriptEnabled = withScript,
        });
        context.SetDefaultTimeout(60_000);
        var window = new Window(context, await context.NewPageAsync());
        if (person is null)
            return window;
        await window.Page.GotoAsync("/sign-in");
        await window.Page.Locator("input[name=name]").FillAsync(person);
        await window.Page.Locator("input[name=password]").FillAsync(House.Password);
        await window.Page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{house.Address}", new() { Timeout = 60_000 });
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>One window, and what its console complained about.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add($"{page.Url}: {error}");
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    /// <summary>Serious and critical findings of axe-core on the page as it is.</summary>
    public async Task<IReadOnlyList<string>> ScanAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. result.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{Page.Url}: {v.Id} ({v.Impact}): {n.Html}"))];
    }

    /// <summary>What sticks out of the page to the right, innermost last: nobody wants to scroll sideways on a phone.</summary>
    public Task<string[]> OverhangAsync() => Page.EvaluateAsync<string[]>("""
        () => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width)
                return [];
            return [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > width && !e.parentElement.closest(".scroll, .drawing, pre, .diff"))
                .map(e => `<${e.tagName} ${e.id} ${e.className}> reaches ${e.getBoundingClientRect().right} of ${width}`);
        }
        """);

    /// <summary>A picture of the manual, when their folder is named: <c>eng/screenshots.sh</c>.</summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        // The folder is told from the repository's root, wherever the tests run.
        var file = Path.Combine(Repository.Root, folder, $"{name}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
