/** How the HTML report looks: light and dark as its reader has it, with text of at least 4.5 to 1, and black on white on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1d2329; --soft: #57606a; --line: #d0d7de; --paper: #fff; --link: #0550ae; --band: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --line: #3d444d; --paper: #15191e; --link: #79b8ff; --band: #1d232a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 1.6em; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.2em; margin: 32px 0 8px; }
p, time { color: var(--soft); }
ul { padding-left: 20px; }
li { margin: 4px 0; overflow-wrap: anywhere; }
code { font: 0.9em ui-monospace, monospace; background: var(--band); padding: 1px 4px; border-radius: 4px; }
a { color: var(--link); }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { font-weight: 600; position: sticky; top: 0; background: var(--paper); }
tbody th { overflow-wrap: anywhere; min-width: 14em; }
tbody tr:nth-child(even) { background: var(--band); }
.n { text-align: right; white-space: nowrap; }
@media print { :root { --ink: #000; --soft: #333; --paper: #fff; --link: #000; --band: #fff; } .wide { overflow: visible; } main { padding: 0; } }
`;
