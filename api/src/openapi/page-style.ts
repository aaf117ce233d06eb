/** The page's style: the brand's colours (brand/src/tokens.css), the reader's own light or dark, no file beside it. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: oklch(0.975 0.006 205); --card: oklch(0.945 0.009 205); --ink: oklch(0.25 0.045 232);
  --muted: oklch(0.47 0.035 228); --rule: oklch(0.84 0.015 215); --action: oklch(0.46 0.085 222);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: oklch(0.19 0.028 232); --card: oklch(0.24 0.032 232); --ink: oklch(0.94 0.012 205);
    --muted: oklch(0.75 0.025 215); --rule: oklch(0.36 0.03 230); --action: oklch(0.79 0.095 205);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--ground); }
.skip:focus { left: 0; }
.frame { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem; display: grid; gap: 2rem; }
@media (min-width: 62rem) {
  .frame { grid-template-columns: 17rem minmax(0, 1fr); }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; }
}
main { min-width: 0; }
h1 { font-size: 2.25rem; line-height: 1.15; margin: 0 0 1rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
h4 { font-size: .9375rem; margin: 1rem 0 .25rem; color: var(--muted); font-weight: 600; }
p { margin: .5rem 0; max-width: 68ch; }
a { color: var(--action); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--action); outline-offset: 2px; }
code { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
nav h2 { font-size: .9375rem; margin: 1.25rem 0 .25rem; padding: 0; border: 0; color: var(--muted); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { padding: .15rem 0; font-size: .9375rem; }
article { background: var(--card); padding: .25rem 1.25rem 1.25rem; margin: 1.5rem 0; border-radius: 2px; scroll-margin-top: 1rem; }
article h3 code { font-size: 1rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--rule); }
thead th { color: var(--muted); font-weight: 600; }
tbody th { font-weight: 400; white-space: nowrap; }
.note { color: var(--muted); }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
