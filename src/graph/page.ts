import { createHash } from 'node:crypto';
import type { Graph, Way } from './graph';
import type { Layout } from './layout';
import type { PageData } from './page-data';
import { pageStyle } from './page-style';
import { draw } from './scene';
import { escaped, markup } from './svg';

export interface PageOptions {
  /** What the page is of. @default Which way requests go */
  readonly title?: string;
  /** The bundled program of the page (browser/main.ts). */
  readonly script: string;
  /** A way of the graph to light at first. @default none */
  readonly way?: Way | undefined;
}

/** With more cards than these, namespaces are closed at first. */
const mostCards = 120;
/** Namespaces that are small, a controller's for example, stay open. */
const fewCards = 6;

/** One HTML page that holds all it needs: the picture, every request with its explanation, and the program. It may load nothing, and says so itself. */
export function renderPage(graph: Graph, layout: Layout, { title = 'Which way requests go', script, way }: PageOptions): string {
  const closed = closedAtFirst(graph);
  const lit = way === undefined ? -1 : graph.ways.indexOf(way);
  const data: PageData = { graph, layout, closed, ...(lit < 0 ? {} : { way: lit }) };
  const { width, height, shapes } = draw(graph, layout, { closed: new Set(closed), interactive: true });
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${pageStyle()}</style>
</head>
<body>
<a class="skip" href="#picture">To the picture</a>
<aside id="side" class="side" aria-label="Requests and findings">
<header><h1>${escaped(title)}</h1><p class="sums">${escaped(sums(graph))}</p></header>
<div class="search"><input id="search" type="search" placeholder="Search requests, cards, findings" aria-label="Search requests, cards and findings" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></div>
<div class="tabs"><div role="tablist" aria-label="Lists"><button role="tab" type="button" id="tab-requests" aria-controls="list" aria-selected="true">Requests ${graph.ways.length}</button><button role="tab" type="button" id="tab-findings" aria-controls="list" aria-selected="false">Findings ${graph.findings.length}</button></div><span id="count" role="status"></span></div>
<ul id="list" role="listbox" tabindex="0" aria-label="Choose one to see it in the picture"></ul>
</aside>
<main class="stage">
<svg id="picture" role="group" aria-label="Picture. Arrow keys go from card to card, Enter chooses, Escape clears." viewBox="0 0 ${width} ${height}"><g id="world">${shapes.map(markup).join('')}</g></svg>
<button type="button" id="unfold">☰ Lists</button>
<div id="tools" class="tools" role="toolbar" aria-label="Picture">
<span><button type="button" id="zoom-out" aria-label="Smaller (minus)">−</button><button type="button" id="fit" title="0">Fit</button><button type="button" id="zoom-in" aria-label="Larger (plus)">+</button></span>
<span><button type="button" id="close-all" title="Every namespace as one box">Close all</button><button type="button" id="open-all" title="Every namespace with its cards">Open all</button></span>
<span><button type="button" id="theme">Light / dark</button><button type="button" id="export">Save SVG</button></span>
</div>
<ul id="legend" class="legend" aria-label="Legend">
<li>${sample('edge way')}way of requests</li><li>${sample('edge call')}pods that call</li><li>${sample('edge cut')}pods not ready</li><li>${sample('leg')}chosen request</li>
<li><svg width="12" height="13" aria-hidden="true"><g class="lock"><rect x="1" y="5" width="10" height="7" rx="1.5"/><path d="M3.2 5V3.6a2.8 2.8 0 0 1 5.6 0V5"/></g></svg>NetworkPolicy</li>
</ul>
</main>
<aside id="details" class="details" aria-label="Explanation" tabindex="-1" hidden></aside>
<div id="live" class="live" aria-live="polite"></div>
<script type="application/json" id="data">${embedded(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function sample(look: string): string {
  return `<svg width="26" height="8" aria-hidden="true"><path class="${look}" d="M2 4H24"/></svg>`;
}

function closedAtFirst({ nodes, namespaces }: Graph): string[] {
  if (nodes.length <= mostCards) return [];
  return namespaces.map(({ name }) => name).filter((name) => nodes.filter(({ namespace }) => namespace === name).length > fewCards);
}

function sums({ nodes, ways, findings }: Graph): string {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const verdicts = (['broken', 'partial', 'depends', 'unknown', 'ok'] as const).map((verdict) => [ways.filter((way) => way.verdict === verdict).length, verdict] as const).filter(([number]) => number > 0);
  return [
    count(nodes.filter(({ kind }) => kind === 'service').length, 'Service'),
    `${count(ways.length, 'request')}${verdicts.length === 0 ? '' : `: ${verdicts.map(([number, verdict]) => `${number} ${verdict}`).join(', ')}`}`,
    findings.length === 0 ? 'no findings' : count(findings.length, 'finding'),
  ].join(' · ');
}

/** JSON inside a script element: nothing in it may end the element or start a comment. */
function embedded(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
