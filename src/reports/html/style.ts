// The style sheet of the HTML report. Its hash stands in the page's content security policy.
import { createHash } from 'node:crypto';

export const STYLE: string = `
:root { color-scheme: light dark; --ink: #1c2128; --dim: #59636e; --line: #d6dbe1; --paper: #fff; --card: #f6f8fa;
  --critical: #b42318; --high: #c4420b; --medium: #8f6400; --low: #2f6fb5; --info: #59636e; --good: #1a7f4b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --dim: #98a2ad; --line: #363d46; --paper: #14181d; --card: #1c2229;
  --critical: #f97066; --high: #fb9a5c; --medium: #e3b341; --low: #74b0f4; --info: #98a2ad; --good: #4cc38a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .35rem 0; }
a { color: var(--low); }
code, pre, .path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .87em; overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.incomplete { border: 1px solid var(--high); border-left-width: 5px; border-radius: 6px; padding: .75rem 1rem; margin: 1.25rem 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.5rem 0 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; }
.card b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.share { display: block; width: 100%; height: .75rem; border-radius: 4px; }
.share-managed { fill: var(--good); } .share-hard { fill: var(--critical); } .share-other { fill: var(--line); }
.file { margin: 2rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-weight: 600; }
.finding { border: 1px solid var(--line); border-left-width: 5px; border-radius: 8px; padding: .85rem 1.1rem; margin: .85rem 0; }
.finding header { display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: baseline; }
.finding header .dim { margin-left: auto; }
.badge { border: 1px solid currentColor; border-radius: 99px; padding: 0 .6em; font-size: .78rem; font-weight: 650; }
.critical { border-left-color: var(--critical); } .badge.critical { color: var(--critical); border-color: var(--critical); }
.high { border-left-color: var(--high); } .badge.high { color: var(--high); border-color: var(--high); }
.medium { border-left-color: var(--medium); } .badge.medium { color: var(--medium); border-color: var(--medium); }
.low { border-left-color: var(--low); } .badge.low { color: var(--low); border-color: var(--low); }
.info { border-left-color: var(--info); } .badge.info { color: var(--info); border-color: var(--info); }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; margin: .6rem 0; white-space: pre-wrap; }
pre .number { color: var(--dim); display: inline-block; min-width: 3.5em; user-select: none; }
mark { background: none; color: var(--critical); font-weight: 650; text-decoration: underline wavy from-font; text-underline-offset: .25em; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .15rem .75rem; margin: .5rem 0 0; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.advice { border-top: 1px solid var(--line); padding: .85rem 0; }
.advice .dim { font-weight: 400; }
ul { padding-left: 1.25rem; } li { margin: .2rem 0; overflow-wrap: anywhere; }
@media print { .finding, .advice { break-inside: avoid; } }
`;

/** Nothing is fetched, nothing runs; the one style sheet is named by its hash. */
export function createPolicy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return ["default-src 'none'", `style-src 'sha256-${hash}'`, "base-uri 'none'", "form-action 'none'"].join(
    '; ',
  );
}
