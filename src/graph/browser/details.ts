import type { Graph, GraphFinding, GraphNode, Way } from '../graph';
import { element } from './elements';

export const marks: Readonly<Record<Way['verdict'], string>> = { ok: '✓', broken: '✗', partial: '~', depends: '?', unknown: '?' };

/** What a click in the details leads to. */
export interface Leads {
  readonly toNode: (id: string) => void;
  readonly toWay: (index: number) => void;
}

/** The text of `ladder explain` for the chosen way. */
export function wayDetails(graph: Graph, way: Way, leads: Leads): Node[] {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  return [
    element('h2', { class: `verdict ${way.verdict}` }, element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[way.verdict]), ` ${way.headline}`),
    element('ol', { class: 'steps' }, ...way.steps.map(({ number, kind, verdict, text, where, breaksHere, node }) => {
      const step = element('li', { class: breaksHere ? `step-line ${verdict} breaks-here` : `step-line ${verdict}`, value: number },
        element('button', { type: 'button', class: 'number', 'aria-label': `Step ${number}, at ${titles.get(node) ?? 'no card'}` }, String(number)),
        element('div', {},
          element('p', {}, element('span', { class: 'kind' }, `${marks[verdict]} ${kind}`), ' ', text, breaksHere ? element('strong', {}, ' ← breaks here') : undefined),
          where === '' ? undefined : element('p', { class: 'where' }, ...where.split('  ').map((part) => element('span', {}, part)))));
      step.querySelector('button')?.addEventListener('click', () => leads.toNode(node));
      return step;
    })),
    ...way.reasons.map((finding) => findingView(finding)),
    ...way.assumptions.map((assumption) => element('p', { class: 'where' }, `assumed: ${assumption}`)),
  ];
}

/** A card: what it is, what applies to it, and which requests pass. */
export function nodeDetails(graph: Graph, node: GraphNode, leads: Leads): Node[] {
  const passing = graph.ways.flatMap((way, index) => (way.start === node.id || way.steps.some((step) => step.node === node.id) || way.links.some(({ from, to }) => from === node.id || to === node.id) ? [{ way, index }] : []));
  return [
    element('p', { class: 'kind' }, node.caption),
    element('h2', {}, node.title),
    element('p', { class: 'where' }, [node.namespace === undefined ? undefined : `namespace ${node.namespace}`, node.place].filter((part) => part !== undefined).join('  ')),
    ...node.findings.flatMap((index) => graph.findings[index] ?? []).map((finding) => findingView(finding)),
    ...section('Ports and paths', node.rows.map(({ text, note }) => element('li', {}, element('code', {}, text), note === '' ? '' : ` ${note}`))),
    ...section('Pods', node.places.map(({ node: name, ready, notReady }) => element('li', {}, `${name}: ${ready} ready${notReady === 0 ? '' : `, ${notReady} not ready`}`))),
    ...section('NetworkPolicies', node.policies.map((text) => element('li', {}, text))),
    ...section('Requests that pass here', passing.slice(0, 50).map(({ way, index }) => {
      const button = element('button', { type: 'button', class: 'link' }, `${marks[way.verdict]} ${way.request} from ${way.from}`);
      button.addEventListener('click', () => leads.toWay(index));
      return element('li', {}, button);
    })),
    ...(passing.length > 50 ? [element('p', { class: 'where' }, `and ${passing.length - 50} more`)] : []),
  ];
}

function section(title: string, items: readonly HTMLElement[]): Node[] {
  return items.length === 0 ? [] : [element('h3', {}, title), element('ul', {}, ...items)];
}

export function findingView({ id, severity, message, fix, object, place }: Omit<GraphFinding, 'nodes'>): HTMLElement {
  return element('section', { class: `finding ${severity}` },
    element('p', {}, element('strong', {}, `${severity} ${id}`), ` ${object}`), element('p', {}, message),
    element('p', { class: 'fix' }, element('strong', {}, 'fix: '), fix), element('p', { class: 'where' }, place));
}
