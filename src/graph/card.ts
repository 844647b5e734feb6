import type { Graph, GraphNamespace, GraphNode } from './graph';
import { grouped } from './group';
import { icon, lock, sign } from './icons';
import { type Shape, fitted, shape, shortened, widthAt, words } from './shape';
import { type Box, rowMiddle, size } from './size';

/** What a card or a frame looks like at the moment. */
export interface Look {
  /** On the chosen way. */
  readonly on: boolean;
  /** The way breaks here. */
  readonly broken: boolean;
  /** Numbers of the chosen way's steps that happen here. */
  readonly steps: readonly number[];
}

const named: Readonly<Record<GraphNode['kind'], string>> = {
  client: 'client', balancer: 'load balancer', node: 'node', gateway: 'Gateway', rule: 'rule', service: 'Service', workload: 'workload', external: 'outside',
};

export function card(graph: Graph, node: GraphNode, box: Box, look: Look, interactive: boolean): Shape {
  const { x, y, width, height } = box;
  const right = node.policies.length > 0 ? width - 30 : width - 12;
  const children: (Shape | undefined)[] = [
    words([node.caption, node.title, node.namespace === undefined ? '' : `in ${node.namespace}`, ...node.rows.map(({ text, note }) => `${text} ${note}`), ...node.policies].filter((line) => line !== '').join('\n'), {}, 'title'),
    node.several ? shape('rect', { class: 'behind', x: 4, y: 4, width, height, rx: 9 }) : undefined,
    shape('rect', { class: 'box', width, height, rx: 9 }),
    icon(node),
    words(fitted(node.caption, right - 34, 10.5), { class: 'caption', x: 34, y: 18.5 }),
    title(node.title, width - 26),
    node.policies.length > 0 ? lock(width - 24, 10) : undefined,
    ...node.places.map((place, index) => placeLine(place, size.head + index * size.place + 7, width)),
    node.rows.length > 0 ? shape('path', { class: 'split', d: `M0 ${height - size.foot - node.rows.length * size.row}H${width}` }) : undefined,
    ...node.rows.flatMap(({ text, note }, row) => {
      const at = rowMiddle(node, row) + 4 + size.foot / 2;
      // A chain of ports is whole before its name is; of a long path, a note keeps a word.
      const noted = fitted(note, Math.min(88, Math.max(40, width - 34 - widthAt(text, 11.5, true))), 10.5);
      return [
        words(fitted(text, width - 26 - (note === '' ? 0 : widthAt(noted, 10.5) + 8), 11.5, true), { class: 'mono', x: 13, y: at }),
        note === '' ? undefined : words(noted, { class: 'note', x: width - 13, y: at, 'text-anchor': 'end' }),
      ];
    }),
    badges(graph, node.findings, width - 8, -12),
    stepPill(look.steps),
    look.broken ? breaks(height) : undefined,
  ];
  const state = [...(look.on ? ['on'] : []), ...(look.broken ? ['broken'] : [])];
  return shape('g', {
    class: ['card', node.kind, ...state].join(' '), transform: `translate(${x} ${y})`,
    ...(interactive ? { 'data-node': node.id, tabindex: -1, role: 'button', 'aria-label': labelOf(graph, node, look) } : {}),
  }, ...children);
}

/** A name: smaller before it is cut. */
function title(text: string, room: number): Shape {
  // Bold is wider, and fonts differ.
  const wide = 1.13;
  const whole = [13.5, 12, 11].find((each) => widthAt(text, each * wide) <= room);
  const pixels = whole ?? 11;
  return words(whole === undefined ? shortened(text, room - 12, pixels * wide) : text, { class: 'title', x: 13, y: 37, ...(pixels === 13.5 ? {} : { style: `font-size:${pixels}px` }) });
}

/** What a screen reader says of a card. */
function labelOf(graph: Graph, node: GraphNode, look: Look): string {
  const findings = node.findings.flatMap((index) => graph.findings[index] ?? []);
  return [
    `${named[node.kind]} ${node.title}`, node.caption, node.namespace === undefined ? undefined : `namespace ${node.namespace}`,
    ...node.rows.map(({ text, note }) => `${text} ${note}`.trim()),
    look.steps.length > 0 ? `step ${look.steps.join(', ')} of the way` : undefined, look.broken ? 'the way breaks here' : undefined,
    node.policies.length > 0 ? 'NetworkPolicies apply' : undefined, ...findings.map(({ severity, id }) => `${severity} ${id}`),
  ].filter((part) => part !== undefined).join(', ');
}

function placeLine({ node, ready, notReady }: GraphNode['places'][number], y: number, width: number): Shape {
  const shown = Math.min(ready + notReady, 8);
  const dots = Array.from({ length: shown }, (_, index) => shape('circle', { class: index < ready ? 'ready' : 'not-ready', cx: 18 + index * 10, cy: y, r: 3.5 }));
  const more = ready + notReady > shown ? `+${ready + notReady - shown} ` : '';
  return shape('g', {}, ...dots, words(shortened(`${more}${node}`, width - 36 - shown * 10, 10.5), { class: 'note', x: 20 + shown * 10, y: y + 4 }));
}

/** Findings: a sign, and the id; the worst first, two at most. */
export function badges(graph: Graph, findings: readonly number[], right: number, y: number): Shape | undefined {
  const kinds = [...grouped(findings.flatMap((index) => graph.findings[index] ?? []), ({ id, severity }) => `${severity} ${id}`).values()];
  if (kinds.length === 0) return undefined;
  const more = kinds.length - 2;
  const texts = kinds.slice(0, 2).flatMap((same) => same.slice(0, 1).map(({ id, severity }) => ({ severity, text: same.length > 1 ? `${id} ×${same.length}` : id })));
  let x = right + 4;
  const pills = texts.map(({ text, severity }, index) => ({ severity, text: index === 1 && more > 0 ? `${text} +${more}` : text })).reverse().map(({ text, severity }) => {
    const width = pillWidth(text) + 14;
    x -= width + 4;
    return shape('g', { class: `badge ${severity === 'note' ? 'note-badge' : severity}`, transform: `translate(${x} ${y})` },
      shape('rect', { width, height: 17, rx: 8.5 }), shape('g', { transform: 'translate(7 4)' }, sign(severity)), words(text, { x: 20, y: 12 }));
  });
  return shape('g', {}, ...pills);
}

/** Bold is wider, and fonts differ. */
function pillWidth(text: string): number {
  return Math.round(widthAt(text, 10) * 1.16 + 14);
}

/** `1` or `4–7`, on the corner of the card. */
export function stepPill(steps: readonly number[]): Shape | undefined {
  if (steps.length === 0) return undefined;
  const text = rangesOf(steps);
  const width = Math.max(19, pillWidth(text));
  return shape('g', { class: 'step', transform: 'translate(-8 -12)' }, shape('rect', { width, height: 18, rx: 9 }), words(text, { x: width / 2, y: 12.5, 'text-anchor': 'middle' }));
}

function rangesOf(steps: readonly number[]): string {
  const sorted = [...new Set(steps)].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const step of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === step - 1) last[1] = step;
    else ranges.push([step, step]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

function breaks(height: number): Shape {
  return shape('g', { class: 'breaks badge', transform: `translate(12 ${height - 5})` }, shape('rect', { width: 98, height: 18, rx: 9 }), shape('g', { transform: 'translate(8 4.5)' }, sign('error')), words('breaks here', { x: 22, y: 12.5 }));
}

/** The frame of a namespace, with its name; where not all of it is shown, also what is in it. */
export function frame(graph: Graph, namespace: GraphNamespace, nodes: readonly GraphNode[], box: Box, open: 'open' | 'in part' | 'closed', look: Look, interactive: boolean): Shape {
  const [whole, closed] = [open === 'open', open === 'closed'];
  const count = (kind: GraphNode['kind'], noun: string): string => {
    const number = nodes.filter((node) => node.kind === kind).length;
    return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
  };
  const summary = [count('service', 'Service'), count('workload', 'workload')].filter((part) => part !== '').join(' · ');
  const denies = namespace.denies.length === 2 ? 'default deny' : namespace.denies.length === 1 ? `default deny ${namespace.denies[0]}` : '';
  const findings = !whole ? [...new Set([...nodes.flatMap((node) => node.findings), ...namespace.findings])].sort((a, b) => a - b) : namespace.findings;
  const denyWidth = widthAt(denies, 10.5);
  const nameWidth = box.width - 40 - (denies === '' || !whole ? 0 : denyWidth + 26) - 22;
  const title = shape('g', {
    class: `frame-name${look.on ? ' on' : ''}`,
    ...(interactive ? { 'data-namespace': namespace.name, tabindex: -1, role: 'button', 'aria-expanded': String(whole), 'aria-label': `namespace ${namespace.name}, ${summary}${denies === '' ? '' : `, ${denies}`}, ${findings.length} findings` } : {}),
  },
  interactive ? shape('rect', { class: 'hit', x: 8, y: 8, width: closed ? box.width - 16 : Math.min(box.width - 16, widthAt(namespace.name, 14) + 40), height: closed ? box.height - 16 : 30, rx: 8, 'fill-opacity': 0 }) : undefined,
  interactive ? shape('path', { class: 'caret', d: whole ? 'M15 20h10l-5 6z' : 'M17 18l6 5-6 5z' }) : undefined,
  words(shortened(namespace.name, nameWidth, 14), { class: 'name', x: interactive ? 31 : 20, y: 28 }));
  return shape('g', { class: `namespace${closed ? ` closed${look.on ? ' on' : ''}${look.broken ? ' broken' : ''}` : ''}`, transform: `translate(${box.x} ${box.y})` },
    shape('rect', { class: 'frame box', width: box.width, height: box.height, rx: 16 }),
    title,
    !whole ? words(fitted([summary, denies].filter((part) => part !== '').join(' · '), box.width - 40, 10.5), { class: 'caption', x: interactive ? 31 : 20, y: 46 }) : undefined,
    whole && denies !== '' ? shape('g', {}, lock(box.width - denyWidth - 42, 16), words(denies, { class: 'caption', x: box.width - 20, y: 27, 'text-anchor': 'end' })) : undefined,
    badges(graph, findings, box.width - 14, -10),
    stepPill(look.steps),
    closed && look.broken ? breaks(box.height) : undefined);
}
