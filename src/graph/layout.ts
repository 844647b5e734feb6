import type { Graph, GraphEdge, GraphNode } from './graph';
import { grouped } from './group';
import { cardHeight, size } from './size';

/** Where a card is within its namespace, and how large the namespace is when it is open. */
export interface Layout {
  /** By node id; only cards of namespaces. */
  readonly cards: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  /** By the name of the namespace. */
  readonly frames: Readonly<Record<string, { readonly width: number; readonly height: number; readonly folded: boolean }>>;
}

/** Cards that edges hold together. */
interface Cluster {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Finds the top of each card of a cluster. */
type Layouter = (cluster: Cluster) => ReadonlyMap<string, number>;

/** Loaded when it is first needed, and once. */
const start = () => import('@viz-js/viz').then(({ instance }) => instance());
let graphviz: ReturnType<typeof start> | undefined;

/**
 * Lays out each namespace by itself: Graphviz puts what hangs together in order, without crossings, and the groups follow each other
 * like the paragraphs of a newspaper. So the time grows with the number of Services, and the page can close one namespace without a new layout.
 */
export async function layOut(graph: Graph): Promise<Layout> {
  const viz = await (graphviz ??= start());
  const known = new Map<string, readonly number[]>();
  const layouter: Layouter = (cluster) => {
    const dot = dotOf(cluster);
    // Many Services look alike; what looks alike is laid out once.
    const tops = known.get(dot) ?? topsOf(viz.renderJSON(dot), cluster);
    known.set(dot, tops);
    return new Map(cluster.nodes.map(({ id }, index) => [id, tops[index] ?? 0]));
  };
  return layOutWith(graph, layouter);
}

function layOutWith(graph: Graph, layouter: Layouter): Layout {
  const cards: Record<string, { x: number; y: number }> = {};
  const frames: Record<string, { width: number; height: number; folded: boolean }> = {};
  const spaceOf = new Map(graph.nodes.map(({ id, namespace }) => [id, namespace]));
  const within = ({ from, to, kind }: GraphEdge): string | undefined => (kind !== 'call' && spaceOf.get(from) === spaceOf.get(to) ? spaceOf.get(from) : undefined);
  const edgesIn = grouped(graph.edges, within);
  for (const [namespace, nodes] of grouped(graph.nodes, ({ namespace }) => namespace)) {
    const used = [...new Set(nodes.map(({ column }) => column))].sort((a, b) => a - b);
    const left = (column: number): number => used.indexOf(column) * (size.card + size.beside);
    const width = used.length * size.card + (used.length - 1) * size.beside;
    const groups = clustersOf(nodes, edgesIn.get(namespace) ?? []).map((cluster) => {
      const tops = cluster.nodes.length === 1 ? new Map<string, number>() : layouter(cluster);
      const height = Math.max(...cluster.nodes.map((node) => (tops.get(node.id) ?? 0) + cardHeight(node)));
      return { cluster, tops, height };
    });
    const folds = foldsFor(groups.map(({ height }) => height + size.below), width + size.fold);
    const { side, top, bottom } = size.frame;
    const limit = groups.reduce((sum, { height }) => sum + height + size.below, 0) / folds;
    let fold = 0;
    let y = 0;
    let lowest = 0;
    for (const { cluster, tops, height } of groups) {
      if (fold < folds - 1 && y > 0 && y + height / 2 > limit) { fold++; y = 0; }
      for (const node of cluster.nodes) {
        cards[node.id] = { x: Math.round(side + fold * (width + size.fold) + left(node.column)), y: Math.round(top + y + (tops.get(node.id) ?? 0)) };
      }
      y += height + size.below;
      lowest = Math.max(lowest, y - size.below);
    }
    frames[namespace] = { width: 2 * side + (fold + 1) * width + fold * size.fold, height: Math.round(top + lowest + bottom), folded: fold > 0 };
  }
  return { cards, frames };
}

/** In how many columns a namespace is folded, so that it is about as wide as a screen is. */
function foldsFor(heights: readonly number[], width: number): number {
  const height = heights.reduce((sum, one) => sum + one, 0);
  if (height <= 1100) return 1;
  const error = (folds: number): number => Math.abs(Math.log((folds * width) / (height / folds) / 1.6));
  let best = 1;
  while (best < heights.length && error(best + 1) < error(best)) best++;
  return best;
}

/** Cards in one piece. A front hangs together with what it routes to only where there is little of it: else everything would be one piece. */
function clustersOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Cluster[] {
  const leader = new Map(nodes.map(({ id }) => [id, id]));
  const lead = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) at = leader.get(at) ?? at;
    leader.set(id, at);
    return at;
  };
  const front = new Set(nodes.filter(({ column }) => column < 3).map(({ id }) => id));
  const small = nodes.length <= 40;
  for (const { from, to } of edges) if (small || front.has(from) === front.has(to)) leader.set(lead(to), lead(from));
  const held = grouped(edges.filter(({ from, to }) => lead(from) === lead(to)), ({ from }) => lead(from));
  // What routes comes first, pods that nothing leads to last.
  const leftmost = (members: readonly GraphNode[]): number => Math.min(...members.map(({ column }) => column));
  return [...grouped(nodes, ({ id }) => lead(id))].sort(([, a], [, b]) => leftmost(a) - leftmost(b)).map(([key, members]) => ({ nodes: members, edges: held.get(key) ?? [] }));
}

/** A cluster for Graphviz: columns are ranks, rows are ports of the card; it knows numbers only, no names. */
function dotOf({ nodes, edges }: Cluster): string {
  const index = new Map(nodes.map(({ id }, number) => [id, number]));
  const column = new Map(nodes.map((node) => [node.id, node.column]));
  const cell = (height: number, port?: number): string => `<TR><TD FIXEDSIZE="TRUE" WIDTH="${size.card}" HEIGHT="${height}"${port === undefined ? '' : ` PORT="r${port}"`}></TD></TR>`;
  const cards = nodes.map((node, number) => {
    const rows = node.rows.map((_, row) => cell(size.row, row)).join('');
    const rest = cardHeight(node) - node.rows.length * size.row;
    return `n${number}[label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${cell(rest)}${rows}</TABLE>>]`;
  });
  const end = (id: string, row: number | undefined, side: 'e' | 'w'): string => `n${index.get(id)}${row === undefined ? '' : `:r${row}:${side}`}`;
  // Every edge spans its columns exactly: whoever gets another rank than its column's may come to lie on a card of that column.
  const arrows = edges.map(({ from, to, fromRow, toRow }) => {
    const span = (column.get(to) ?? 0) - (column.get(from) ?? 0);
    if (span > 0) return `${end(from, fromRow, 'e')}->${end(to, toRow, 'w')}[minlen=${span}]`;
    return `n${index.get(to)}->n${index.get(from)}[minlen=${-span}]`;
  });
  return `digraph{rankdir=LR;nodesep=${size.below / 72};ranksep=${size.beside / 72};node[shape=plain];${[...cards, ...arrows].join(';')}}`;
}

/** The top of each card, from the highest. Graphviz measures in points, from the bottom, to the middle. */
function topsOf(output: object, { nodes }: Cluster): number[] {
  const { objects = [] } = output as { readonly objects?: readonly { readonly name: string; readonly pos?: string }[] };
  const middles = new Map(objects.map(({ name, pos }) => [name, Number(pos?.split(',')[1] ?? 0)]));
  const tops = nodes.map((node, number) => -(middles.get(`n${number}`) ?? 0) - cardHeight(node) / 2);
  const highest = Math.min(...tops);
  return tops.map((top) => Math.round(top - highest));
}

