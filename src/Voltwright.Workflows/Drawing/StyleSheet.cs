namespace Voltwright.Workflows.Drawing;

/// <summary>The colours of every picture, for light and for dark surroundings.</summary>
/// <remarks>No variables, nesting or mixing of colours: not only browsers show pictures. Shades are the tone, more or less opaque.</remarks>
internal static class StyleSheet
{
    public const string Text = Shapes + Light + "@media (prefers-color-scheme:dark){\n" + Dark + "}\n";

    private const string Shapes = """
        .flow{font-family:Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif}
        .flow .edge{stroke:currentColor;stroke-opacity:.45;stroke-width:1.2}
        .flow .decision .edge,.flow .begin .edge{fill:currentColor;fill-opacity:.08;stroke-opacity:1;stroke-width:1.4}
        .flow .frame .edge{fill:currentColor;fill-opacity:.06;stroke-opacity:.5}
        .flow .panel .edge{stroke-opacity:.65;stroke-dasharray:5 4}
        .flow .pill .edge{fill:currentColor;fill-opacity:.1;stroke-opacity:.55}
        .flow .stop .edge{stroke-opacity:1}
        .flow .dot .edge{fill:currentColor;stroke:none}
        .flow .bar,.flow .head{fill:currentColor}
        .flow .icon{fill:none;stroke:currentColor;stroke-width:1.4;stroke-linejoin:round;stroke-linecap:round}
        .flow text{white-space:pre}
        .flow .n{font-size:14px;font-weight:600}
        .flow .k{font-size:10.5px;font-weight:600;fill:currentColor;letter-spacing:.03em}
        .flow .o{font-size:11.5px}
        .flow .c{font-size:11px;font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        .flow .r{font-size:11.5px;font-weight:600}
        .flow .s{font-size:10.5px;font-weight:700;text-anchor:middle}
        .flow .pill .o,.flow .stop .o{fill:currentColor;font-weight:600}
        .flow .way{fill:none;stroke:currentColor;stroke-width:1.6}
        .flow .error .way{stroke-dasharray:5 4}
        .flow .taken .way{stroke-width:2.6}
        .flow .hover{fill:none;stroke:transparent;stroke-width:14;pointer-events:stroke}
        .flow .missed{opacity:.4}
        .flow .untouched,.flow .skipped{opacity:.45}
        .flow .frame.untouched,.flow .panel.untouched{opacity:.6}
        .flow .done.card .edge,.flow .done.decision .edge,.flow .done.frame .edge,.flow .done.begin .edge{stroke-opacity:1;stroke-width:2}
        .flow .caught .edge,.flow .failed .edge,.flow .busy .edge{stroke-opacity:1;stroke-width:2.4}

        """;

    private const string Light = """
        .flow .paper,.flow .edge,.flow .s,.flow .stop.end text{fill:#fff}
        .flow .stop.end .edge{fill:#1b2430;stroke:#1b2430}
        .flow text{fill:#1b2430}.flow .o,.flow .c{fill:#5b6777}.flow .go{color:#8a96a6}
        .flow .set,.flow .do,.flow .jump,.flow .exit,.flow .end{color:#64748b}
        .flow .call{color:#2563eb}.flow .switch{color:#7c3aed}.flow .emit{color:#0d9488}.flow .listen{color:#0e7490}.flow .raise{color:#dc2626}
        .flow .wait{color:#b45309}.flow .run{color:#4f46e5}.flow .try{color:#0f766e}.flow .catch,.flow .error{color:#c2410c}
        .flow .for,.flow .fork{color:#9333ea}.flow .start{color:#15803d}.flow .go.taken{color:#16a34a}
        .flow .done.card .edge,.flow .done.decision .edge,.flow .done.frame .edge,.flow .done.begin .edge{stroke:#16a34a}
        .flow .r,.flow .step{fill:#16a34a}
        .flow .failed .edge{stroke:#dc2626}.flow .failed.card .edge{fill:#fce9e9}.flow .failed .r,.flow .failed .step{fill:#dc2626}
        .flow .caught .edge{stroke:#c2410c}.flow .caught.card .edge{fill:#faeee9}.flow .caught .r,.flow .caught .step{fill:#c2410c}
        .flow .busy .edge{stroke:#d97706}.flow .busy .r,.flow .busy .step{fill:#d97706}

        """;

    private const string Dark = """
        .flow .paper{fill:#0e131a}.flow .edge{fill:#171e28}
        .flow .s,.flow .stop.end text{fill:#0e131a}
        .flow .decision .edge,.flow .begin .edge,.flow .frame .edge,.flow .pill .edge,.flow .dot .edge{fill:currentColor}
        .flow .stop.end .edge{fill:#e8edf4;stroke:#e8edf4}
        .flow text{fill:#e8edf4}.flow .o,.flow .c{fill:#9aa7b8}.flow .go{color:#6f7d90}
        .flow .set,.flow .do,.flow .jump,.flow .exit,.flow .end{color:#a3b1c6}
        .flow .call{color:#7aa5ff}.flow .switch{color:#b79bff}.flow .emit{color:#4fd1c0}.flow .listen{color:#5cc8e0}.flow .raise{color:#ff8080}
        .flow .wait{color:#f2b35c}.flow .run{color:#9aa0ff}.flow .try{color:#57cdb9}.flow .catch,.flow .error{color:#ff9c66}
        .flow .for,.flow .fork{color:#cf9bff}.flow .start{color:#62d48a}.flow .go.taken{color:#4ade80}
        .flow .done.card .edge,.flow .done.decision .edge,.flow .done.frame .edge,.flow .done.begin .edge{stroke:#4ade80}
        .flow .k,.flow .pill .o,.flow .stop .o{fill:currentColor}
        .flow .r,.flow .step{fill:#4ade80}
        .flow .failed .edge{stroke:#ff7b7b}.flow .failed.card .edge{fill:#33292f}.flow .failed .r,.flow .failed .step{fill:#ff7b7b}
        .flow .caught .edge{stroke:#ff9c66}.flow .caught.card .edge{fill:#2c292e}.flow .caught .r,.flow .caught .step{fill:#ff9c66}
        .flow .busy .edge{stroke:#fbbf5a}.flow .busy .r,.flow .busy .step{fill:#fbbf5a}

        """;
}
