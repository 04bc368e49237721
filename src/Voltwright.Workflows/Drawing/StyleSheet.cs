namespace Voltwright.Workflows.Drawing;

/// <summary>The colours of every picture, for light and for dark surroundings.</summary>
internal static class StyleSheet
{
    public const string Text = """
        .flow{--paper:#fff;--ink:#1b2430;--soft:#5b6777;--line:#8a96a6;--card:#fff;--edge:#d3dae3;--frame:#f6f8fb;--panel:#fff;
        --call:#2563eb;--set:#64748b;--switch:#7c3aed;--emit:#0d9488;--listen:#0e7490;--raise:#dc2626;--wait:#b45309;--run:#4f46e5;--try:#0f766e;
        --catch:#c2410c;--for:#9333ea;--fork:#9333ea;--start:#15803d;--done:#16a34a;--failed:#dc2626;--busy:#d97706;
        font-family:Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif}
        @media (prefers-color-scheme:dark){.flow{--paper:#0e131a;--ink:#e8edf4;--soft:#9aa7b8;--line:#6f7d90;--card:#171e28;--edge:#334051;--frame:#131a23;
        --panel:#171e28;--call:#7aa5ff;--set:#a3b1c6;--switch:#b79bff;--emit:#4fd1c0;--listen:#5cc8e0;--raise:#ff8080;--wait:#f2b35c;--run:#9aa0ff;
        --try:#57cdb9;--catch:#ff9c66;--for:#cf9bff;--fork:#cf9bff;--start:#62d48a;--done:#4ade80;--failed:#ff7b7b;--busy:#fbbf5a}}
        .flow{
        .paper{fill:var(--paper)}
        .call{--tone:var(--call)}.set,.do,.jump,.exit,.end{--tone:var(--set)}.switch{--tone:var(--switch)}.emit{--tone:var(--emit)}.listen{--tone:var(--listen)}
        .raise{--tone:var(--raise)}.wait{--tone:var(--wait)}.run{--tone:var(--run)}.try{--tone:var(--try)}.catch{--tone:var(--catch)}
        .for,.fork{--tone:var(--for)}.start{--tone:var(--start)}
        .edge{fill:var(--card);stroke:var(--edge);stroke-width:1.2}
        .card .edge{stroke:color-mix(in srgb,var(--tone) 38%,var(--edge))}
        .decision .edge,.begin .edge{stroke:var(--tone);stroke-width:1.4;fill:color-mix(in srgb,var(--tone) 8%,var(--card))}
        .frame .edge{fill:color-mix(in srgb,var(--tone) 5%,var(--frame));stroke:color-mix(in srgb,var(--tone) 45%,var(--edge))}
        .panel .edge{fill:var(--panel);stroke:color-mix(in srgb,var(--tone) 55%,var(--edge));stroke-dasharray:5 4}
        .pill .edge{stroke:color-mix(in srgb,var(--tone) 50%,var(--edge));fill:color-mix(in srgb,var(--tone) 10%,var(--card))}
        .stop .edge{stroke:var(--tone);fill:var(--card)}.stop.end .edge{fill:var(--ink);stroke:var(--ink)}.stop.end text{fill:var(--paper)}
        .dot .edge{fill:var(--tone);stroke:none}
        .bar{fill:var(--tone)}.icon{fill:none;stroke:var(--tone);stroke-width:1.4;stroke-linejoin:round;stroke-linecap:round}
        & text{fill:var(--ink);white-space:pre}.n{font-size:14px;font-weight:600}.k{font-size:10.5px;fill:var(--tone);font-weight:600;letter-spacing:.03em}
        .o{font-size:11.5px;fill:var(--soft)}.c{font-size:11px;fill:var(--soft);font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        .pill .o{fill:var(--tone);font-weight:600}.stop .o{fill:var(--tone);font-weight:600}
        .r{font-size:11.5px;font-weight:600;fill:var(--done)}
        .way{fill:none;stroke:var(--line);stroke-width:1.6}.head{fill:var(--line)}
        .error .way{stroke:var(--catch);stroke-dasharray:5 4}.error .head{fill:var(--catch)}
        .taken .way{stroke:var(--done);stroke-width:2.6}.taken .head{fill:var(--done)}
        .error.taken .way{stroke:var(--catch)}.error.taken .head{fill:var(--catch)}
        .missed{opacity:.4}.hover{fill:none;stroke:transparent;stroke-width:14;pointer-events:stroke}
        .untouched,.skipped{opacity:.45}.frame.untouched,.panel.untouched{opacity:.6}
        .done.card .edge,.done.decision .edge,.done.frame .edge,.done.begin .edge{stroke:var(--done);stroke-width:2}
        .failed .edge{stroke:var(--failed);stroke-width:2.6}.failed.card .edge{fill:color-mix(in srgb,var(--failed) 12%,var(--card))}
        .failed .r{fill:var(--failed)}
        .caught .edge{stroke:var(--catch);stroke-width:2}.caught.card .edge{fill:color-mix(in srgb,var(--catch) 9%,var(--card))}.caught .r{fill:var(--catch)}
        .busy .edge{stroke:var(--busy);stroke-width:2.4}.busy .r{fill:var(--busy)}
        .step{fill:var(--done)}.caught .step{fill:var(--catch)}.failed .step{fill:var(--failed)}.busy .step{fill:var(--busy)}
        .s{font-size:10.5px;font-weight:700;fill:var(--paper);text-anchor:middle}
        }
        """;
}
