import { mermaidLabel } from '../explain/output/mermaid';
import { type Graph, type GraphEdge, type GraphNode, type Way, cardsFor } from './graph';
import { grouped } from './group';
import { summed } from './summed';
import { light } from './theme';

const accents: Readonly<Record<GraphNode['kind'], string>> = {
  client: light.client, balancer: light.entry, node: light.entry, gateway: light.gateway, rule: light.route, service: light.service, workload: light.workload, external: light.client,
};

/** What Mermaid draws unless it is told otherwise (maxTextSize, maxEdges); beyond, it shows an error and nothing else. */
const most = { characters: 50_000, edges: 500 } as const;

/** The picture as a Mermaid flowchart: namespaces are subgraphs, ports are on the edges; a way is drawn thick and numbered. Of what is too large for Mermaid, only the way is drawn card by card. */
export function renderMermaid(graph: Graph, way?: Way): string {
  const whole = flowchart(graph, way);
  const edges = whole.split('\n').filter((line) => /^ {2}n\d+ -/.test(line)).length;
  if (whole.length <= most.characters && edges <= most.edges) return whole;
  const why = `%% Mermaid draws ${most.characters} characters and ${most.edges} edges at most, and this would be ${whole.length} and ${edges}: namespaces are closed. One of them alone, or --format svg, shows all.`;
  return flowchart(summed(graph, way), way).replace('\n', `\n${why}\n`);
}

function flowchart(graph: Graph, way: Way | undefined): string {
  const nodes = cardsFor(graph, way);
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const id = (node: string): string => ids.get(node) ?? 'n';
  const steps = grouped(way?.steps ?? [], ({ node }) => node);
  const draw = (node: GraphNode, margin: string): string => {
    const numbers = (steps.get(node.id) ?? []).map(({ number }) => number);
    const rows = [numbers.length === 0 ? node.caption : `${node.caption} (${numbers.join(', ')})`, node.title, ...node.rows.map(({ text, note }) => `${text} ${note}`.trim())];
    const marks = new Set(node.findings.flatMap((index) => graph.findings[index] ?? []).map(({ severity, id: finding }) => `${severity} ${finding}`));
    return `${margin}${id(node.id)}${shaped(node, mermaidLabel(...rows, ...marks))}`;
  };
  const inside = grouped(nodes, ({ namespace }) => namespace);
  const lines = [
    'flowchart LR',
    ...nodes.filter(({ namespace }) => namespace === undefined).map((node) => draw(node, '  ')),
    ...graph.namespaces.flatMap(({ name, denies }, index) => [
      `  subgraph ns${index}[${mermaidLabel(denies.length === 0 ? name : `${name}, default deny ${denies.join(' and ')}`)}]`, ...(inside.get(name) ?? []).map((node) => draw(node, '    ')), '  end',
    ]),
  ];
  const lit = new Set((way?.links ?? []).flatMap(({ edge }) => edge ?? []));
  const edges = merged(graph.edges, lit);
  const thick: number[] = [];
  edges.forEach(({ edge, ports, on }, index) => {
    const label = ports.length === 0 ? '' : `|${mermaidLabel(ports.join(', '))}|`;
    lines.push(`  ${id(edge.from)} ${edge.kind === 'way' ? '-->' : '-.->'}${label} ${id(edge.to)}`);
    if (on) thick.push(index);
  });
  for (const { from, to, edge } of way?.links ?? []) {
    if (edge !== undefined) continue;
    lines.push(`  ${id(from)} -.-> ${id(to)}`);
    thick.push(edges.length + thick.filter((index) => index >= edges.length).length);
  }
  for (const [kind, alike] of grouped(nodes, (node) => node.kind)) {
    // Not `node`: Mermaid has that class on every card, and would give them all its colour.
    lines.push(`  classDef ${kind}Card fill:#ffffff,stroke:${accents[kind]},color:${light.ink}`, `  class ${alike.map((node) => id(node.id)).join(',')} ${kind}Card`);
  }
  if (thick.length > 0) lines.push(`  linkStyle ${thick.join(',')} stroke:${light.way},stroke-width:4px`);
  const broken = way?.steps.find(({ breaksHere }) => breaksHere);
  if (broken !== undefined) lines.push(`  classDef broken stroke:${light.broken},stroke-width:4px`, `  class ${id(broken.node)} broken`);
  return `${lines.join('\n')}\n`;
}

/** One arrow for all edges of a kind between two cards, with all their ports. */
function merged(edges: readonly GraphEdge[], lit: ReadonlySet<number>): { readonly edge: GraphEdge; readonly ports: readonly number[]; readonly on: boolean }[] {
  const indexed = edges.map((edge, index) => ({ edge, on: lit.has(index) })).filter(({ edge: { from, to } }) => from !== to);
  return [...grouped(indexed, ({ edge }) => `${edge.from}\0${edge.to}\0${edge.kind}`).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ edge: first.edge, ports: [...new Set(group.flatMap(({ edge }) => edge.port ?? []))], on: group.some(({ on }) => on) }];
  });
}

function shaped({ kind, several }: GraphNode, label: string): string {
  switch (kind) {
    case 'client': case 'external': return `([${label}])`;
    case 'rule': return `{{${label}}}`;
    case 'workload': return several ? `[[${label}]]` : `[${label}]`;
    case 'balancer': case 'node': case 'gateway': case 'service': return `[${label}]`;
    default: { const never: never = kind; return never; }
  }
}
