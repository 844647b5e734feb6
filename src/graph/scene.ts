import { type Arrangement, arrange } from './arrange';
import { type Look, card, frame } from './card';
import { type Graph, type GraphEdge, type Way, cardsFor } from './graph';
import { grouped } from './group';
import type { Layout } from './layout';
import { withParts } from './part';
import { type Line, Router } from './route';
import { type Shape, shape, words } from './shape';

export interface View {
  /** Namespaces that are drawn as one box, with no cards but those of the way and the selected one. */
  readonly closed: ReadonlySet<string>;
  /** The way that is lit. */
  readonly way?: Way | undefined;
  /** A card whose calls are shown, beside the edges of all. */
  readonly selected?: string | undefined;
  /** Can cards be chosen? Then they say what they are. */
  readonly interactive: boolean;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly arrangement: Arrangement;
  /** What goes into the svg element. */
  readonly shapes: readonly Shape[];
}

/** With more calls than these, only those of the chosen card are drawn. */
const mostCalls = 40;

/** With more lines over the border of a folded namespace than these, they end at its frame. */
const mostOver = 12;

/** With more lines than these, a card of a closed namespace is shown alone. */
const mostNear = 12;

function linesOver({ nodes, edges }: Graph, name: string): number {
  const inside = new Set(nodes.filter(({ namespace }) => namespace === name).map(({ id }) => id));
  return edges.filter(({ from, to }) => inside.has(from) !== inside.has(to)).length;
}

/** Draws a graph: one function for the file, for the page's first sight and for all that it shows later. */
export function draw(whole: Graph, wholeLayout: Layout, view: View): Scene {
  const graph = { ...whole, nodes: cardsFor(whole, view.way) };
  const looks = looksOf(view);
  const { layout, closed, parts } = withParts(graph, wholeLayout, view.closed, new Set([...looks.keys(), ...around(graph, view.selected)]));
  const arrangement = arrange(graph, layout, closed);
  const folded = new Set(graph.namespaces.map(({ name }) => name).filter((name) => layout.frames[name]?.folded === true && !closed.has(name) && linesOver(graph, name) > mostOver));
  const router = new Router(graph.nodes, arrangement, folded);
  const plain: Look = { on: false, broken: false, steps: [] };
  const inside = grouped(graph.nodes, ({ namespace }) => namespace);
  const lines = edgeLines(graph, router, view);
  const legs = legLines(graph, router, view);
  const lit = new Set((view.way?.links ?? []).flatMap(({ edge }) => edge ?? []).map((index) => graph.edges[index]));
  const frames = graph.namespaces.flatMap((namespace) => {
    const box = arrangement.frames.get(namespace.name);
    if (box === undefined) return [];
    const nodes = inside.get(namespace.name) ?? [];
    const open = closed.has(namespace.name) ? 'closed' : parts.has(namespace.name) ? 'in part' : 'open';
    const look = together(nodes.flatMap(({ id }) => looks.get(id) ?? []));
    return [frame(graph, namespace, nodes, box, open, open === 'closed' ? look : { ...plain, on: look.on }, view.interactive)];
  });
  const cards = graph.nodes.flatMap((node) => {
    const box = arrangement.cards.get(node.id);
    return box === undefined ? [] : [card(graph, node, box, looks.get(node.id) ?? plain, view.interactive)];
  });
  return {
    width: arrangement.width, height: arrangement.height, arrangement,
    shapes: [
      heads,
      shape('g', { class: view.way === undefined ? 'picture' : 'picture chosen' },
        ...arrangement.captions.map(({ text, x }) => words(text.toUpperCase(), { class: 'zone', x, y: 38 })),
        ...frames,
        shape('g', { 'aria-hidden': 'true' }, ...lines.map(({ shape: line }) => line)),
        shape('g', { 'aria-hidden': 'true' }, ...legs),
        shape('g', { 'aria-hidden': 'true' }, ...portLabels(lines, lit)),
        ...cards),
    ],
  };
}

/** A card and, unless they are many, those that its lines lead to. */
function around({ edges }: Graph, selected: string | undefined): readonly string[] {
  if (selected === undefined) return [];
  const near = edges.flatMap(({ from, to }) => (from === selected ? [to] : to === selected ? [from] : []));
  return near.length > mostNear ? [selected] : [selected, ...near];
}

const heads = shape('defs', {}, ...['head', 'head-way'].map((name) =>
  shape('marker', { id: name, viewBox: '0 0 8 8', refX: 1, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' }, shape('path', { class: name, d: 'M0 .5 8 4 0 7.5z' }))));

/** What the chosen way does to each card on it. */
function looksOf({ way }: View): ReadonlyMap<string, Look> {
  if (way === undefined) return new Map();
  const on = new Set([way.start, ...way.links.flatMap(({ from, to }) => [from, to]), ...way.steps.map(({ node }) => node)]);
  const steps = grouped(way.steps, ({ node }) => node);
  return new Map([...on].map((id) => {
    const own = steps.get(id) ?? [];
    return [id, { on: true, broken: own.some(({ breaksHere }) => breaksHere), steps: own.map(({ number }) => number) }];
  }));
}

function together(looks: readonly Look[]): Look {
  return { on: looks.some(({ on }) => on), broken: looks.some(({ broken }) => broken), steps: looks.flatMap(({ steps }) => steps) };
}

interface DrawnLine {
  readonly line: Line;
  readonly edge: GraphEdge;
  readonly shape: Shape;
}

function edgeLines(graph: Graph, router: Router, { selected }: View): DrawnLine[] {
  const calls = graph.edges.filter(({ kind }) => kind === 'call').length;
  const seen = new Set<string>();
  return graph.edges.flatMap((edge) => {
    const isSelected = edge.from === selected || edge.to === selected;
    if (edge.kind === 'call' && calls > mostCalls && !isSelected) return [];
    const line = router.line(edge, isSelected);
    if (line === undefined || seen.has(line.key)) return [];
    seen.add(line.key);
    const path = shape('path', { class: `edge ${edge.kind}`, d: line.d, 'marker-end': 'url(#head)' });
    return [{ line, edge, shape: line.bundled ? path : shape('g', {}, path, shape('circle', { class: 'pin', cx: line.startX, cy: line.startY, r: 2.4 })) }];
  });
}

/** The stretches of the chosen way, in its order. */
function legLines(graph: Graph, router: Router, { way }: View): Shape[] {
  const breaks = way?.steps.find(({ breaksHere }) => breaksHere)?.node;
  return (way?.links ?? []).flatMap(({ from, to, edge }, index) => {
    const known = edge === undefined ? undefined : graph.edges[edge];
    const line = router.line(known ?? { from, to }, true);
    if (line === undefined) return [];
    const drawn = { d: line.d, style: `--at:${index}`, 'marker-end': 'url(#head-way)' };
    // Whoever sends may send anywhere: that is no gap, unless it ends there.
    const gap = known === undefined ? from !== way?.start || to === breaks : known.kind === 'cut';
    // Dashes are measured in pixels; what runs in is measured as a whole.
    return [shape('path', gap ? { class: 'leg gap', ...drawn } : { class: 'leg', pathLength: 1, ...drawn })];
  });
}

/** The port that is dialled, at the end of the line; lines that end together say it once. */
function portLabels(lines: readonly DrawnLine[], lit: ReadonlySet<GraphEdge | undefined>): Shape[] {
  const said = new Set<string>();
  return lines.flatMap(({ line, edge }) => {
    if (edge.port === undefined || line.bundled) return [];
    const key = `${edge.port}@${line.x},${line.y}`;
    if (said.has(key)) return [];
    said.add(key);
    return [words(`:${edge.port}`, { class: lit.has(edge) ? 'port mono on' : 'port mono', x: line.rightwards ? line.x - 11 : line.x + 11, y: line.y - 5, 'text-anchor': line.rightwards ? 'end' : 'start' })];
  });
}
