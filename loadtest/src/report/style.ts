/** The page's own colours and type, so that the file stands alone. Lines differ by dash too: for print and colour blindness. */
export const style = `
:root { color-scheme: light dark;
  --ground: light-dark(#f6f9fa, #10191d); --card: light-dark(#ffffff, #18242a); --ink: light-dark(#12262f, #e8f0f2);
  --muted: light-dark(#51666f, #9db2ba); --rule: light-dark(#d3dee2, #2c3d45);
  --a: light-dark(#00687e, #5cc4dc); --b: light-dark(#b1400e, #f39a62); --c: light-dark(#2f6b34, #86cf8d);
  --bad: light-dark(#a3271c, #f0867a); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .25rem 0; } .muted, .legend { color: var(--muted); } .bad { color: var(--bad); } .good { color: var(--c); }
.verdict { font-size: 1.15rem; font-weight: 600; margin-top: 1rem; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .5rem; margin: 1rem 0; padding: 0; }
.counts div { background: var(--card); border: 1px solid var(--rule); padding: .5rem .75rem; }
.counts dt { color: var(--muted); font-size: .85rem; } .counts dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
td.muted { min-width: 14rem; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; text-align: right; }
table.paths { margin-top: 1.5rem; } table.paths th:not(:first-child):not(:last-child) { text-align: right; }
figure { margin: 1.5rem 0 0; } figure svg { display: block; width: 100%; height: auto; } figcaption { font-size: .9rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; } .legend svg { display: inline-block; width: 1.6rem; margin-right: .35rem; }
.grid { stroke: var(--rule); } .step { stroke: var(--muted); stroke-dasharray: 1 3; }
.tick, .step-name { fill: var(--muted); font-size: 11px; font-variant-numeric: tabular-nums; }
.line { fill: none; stroke: var(--a); stroke-width: 2; stroke-linejoin: round; }
.line-0 { stroke-dasharray: 6 4; stroke: var(--muted); } .line-1 { stroke: var(--a); } .line-2 { stroke: var(--b); stroke-dasharray: 2 2; }
.bar { fill: var(--b); } .path { fill: var(--muted); } .ours { fill: var(--a); } .whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; } code, pre { font: .9em/1.4 ui-monospace, monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 36rem) { figure { overflow-x: auto; } figure svg[role] { min-width: 34rem; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; } figure, table { break-inside: avoid; } }
`;

/** The colours of the page for a picture, which has no page to read them from. */
export const pictureColours = {
  light: {
    card: '#ffffff',
    ink: '#12262f',
    muted: '#51666f',
    rule: '#d3dee2',
    a: '#00687e',
    b: '#b1400e',
    c: '#2f6b34',
  },
  dark: {
    card: '#18242a',
    ink: '#e8f0f2',
    muted: '#9db2ba',
    rule: '#2c3d45',
    a: '#5cc4dc',
    b: '#f39a62',
    c: '#86cf8d',
  },
} as const;

export const pictureStyle = (theme: keyof typeof pictureColours): string => {
  const { ink, muted, rule, a, b } = pictureColours[theme];
  return `text { font-family: system-ui, 'DejaVu Sans', sans-serif; }
.title { font-size: 14px; font-weight: 600; fill: ${ink}; }
.grid { stroke: ${rule}; } .step { stroke: ${muted}; stroke-dasharray: 1 3; }
.tick, .step-name { fill: ${muted}; font-size: 11px; }
.line { fill: none; stroke: ${a}; stroke-width: 2; stroke-linejoin: round; }
.line-0 { stroke: ${muted}; stroke-dasharray: 6 4; } .line-1 { stroke: ${a}; } .line-2 { stroke: ${b}; stroke-dasharray: 2 2; }
.bar { fill: ${b}; } .path { fill: ${muted}; } .ours { fill: ${a}; }
.whisker { stroke: ${ink}; stroke-width: 1.5; fill: none; }`;
};
