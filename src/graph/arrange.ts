import { type Graph, type GraphNode, clients } from './graph';
import type { Layout } from './layout';
import { type Box, cardHeight, cardWidth, rowMiddle, size } from './size';

/** From left to right: who asks, the ways in, controllers and Gateways, the namespaces; what is outside stands below them. */
export const zones = ['clients', 'ways in', 'front', 'services'] as const;
const outside = zones.length;

/** Where everything is, for one set of closed namespaces. Pure and quick: the page does it anew whenever one opens or closes. */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  /** By node id; cards in closed namespaces have none. */
  readonly cards: ReadonlyMap<string, Box>;
  /** By the namespace's name. */
  readonly frames: ReadonlyMap<string, Box>;
  readonly captions: readonly { readonly text: string; readonly x: number }[];
}

/** A card on its own, or a namespace. */
interface Block {
  readonly zone: number;
  readonly width: number;
  readonly height: number;
  readonly namespace?: string;
  readonly nodes: readonly GraphNode[];
}

export function arrange(graph: Graph, layout: Layout, closed: ReadonlySet<string>): Arrangement {
  const blocks = blocksOf(graph, layout, closed);
  const blockOf = new Map(blocks.flatMap((block) => block.nodes.map((node) => [node.id, block] as const)));
  const offset = (node: GraphNode, row: number | undefined): number => {
    const inner = node.namespace === undefined || closed.has(node.namespace) ? undefined : layout.cards[node.id];
    if (node.namespace !== undefined && inner === undefined) return size.frame.closedHeight / 2;
    return (inner?.y ?? 0) + rowMiddle(node, row);
  };
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const tops = new Map<Block, number>();
  // Namespaces first, one below the other; then each zone before them as near as can be to what it leads to; what is outside below the namespaces.
  let y = 0;
  for (const block of blocks.filter(({ zone }) => zone === 3)) {
    tops.set(block, y);
    y += block.height + (block.namespace !== undefined && closed.has(block.namespace) ? size.below : size.apart);
  }
  for (const block of blocks.filter(({ zone }) => zone === outside)) {
    tops.set(block, y);
    y += block.height + size.below;
  }
  for (const zone of [2, 1, 0]) {
    const wanted = new Map<Block, { sum: number; count: number }>();
    for (const { from, to, fromRow, toRow, kind } of graph.edges) {
      if (kind === 'call') continue;
      const [block, other] = [blockOf.get(from), blockOf.get(to)];
      const [node, target] = [nodes.get(from), nodes.get(to)];
      if (block?.zone !== zone || other === undefined || other === block || node === undefined || target === undefined) continue;
      const top = tops.get(other);
      if (top === undefined) continue;
      const { sum, count } = wanted.get(block) ?? { sum: 0, count: 0 };
      wanted.set(block, { sum: sum + top + offset(target, toRow) - offset(node, fromRow), count: count + 1 });
    }
    const mean = ({ sum, count }: { readonly sum: number; readonly count: number } = { sum: 0, count: 1 }): number => sum / count;
    const own = blocks.filter((block) => block.zone === zone).map((block) => ({ block, at: mean(wanted.get(block)) }))
      .sort((a, b) => a.at - b.at);
    const placed = apart(own.map(({ block, at }) => ({ at, height: block.height + (block.namespace === undefined ? size.below : size.apart) })));
    own.forEach(({ block }, index) => tops.set(block, placed[index] ?? 0));
  }
  return placedOn(layout, closed, blocks, tops);
}

function placedOn(layout: Layout, closed: ReadonlySet<string>, blocks: readonly Block[], tops: ReadonlyMap<Block, number>): Arrangement {
  const highest = Math.min(0, ...tops.values());
  const { margin, caption } = size;
  const cards = new Map<string, Box>();
  const frames = new Map<string, Box>();
  const captions: { text: string; x: number }[] = [];
  let x = margin;
  let lowest = 0;
  const put = (block: Block, left: number): void => {
    const top = Math.round((tops.get(block) ?? 0) - highest + margin + caption);
    lowest = Math.max(lowest, top + block.height);
    if (block.namespace !== undefined) frames.set(block.namespace, { x: left, y: top, width: block.width, height: block.height });
    for (const node of block.nodes) {
      const inner = block.namespace === undefined ? { x: 0, y: 0 } : closed.has(block.namespace) ? undefined : layout.cards[node.id];
      if (inner !== undefined) cards.set(node.id, { x: left + inner.x, y: top + inner.y, width: cardWidth(node), height: cardHeight(node) });
    }
  };
  zones.forEach((text, zone) => {
    const own = blocks.filter((block) => block.zone === zone);
    const beyond = zone === zones.length - 1 ? blocks.filter((block) => block.zone === outside) : [];
    if (own.length + beyond.length === 0) return;
    const width = Math.max(...own.map((block) => block.width), beyond.length > 0 ? 2 * size.card : 0);
    if (own.length > 0) captions.push({ text, x });
    // Other pods stand at the right of what they share a column with, so that their lines go over nothing.
    for (const block of own) put(block, zone > 0 && block.nodes[0]?.kind === 'client' ? x + width - block.width : x);
    for (const block of beyond) put(block, x + width - block.width);
    x += width + size.zone;
  });
  return { width: Math.max(x - size.zone + margin, 2 * margin), height: lowest + margin, cards, frames, captions };
}

function blocksOf(graph: Graph, layout: Layout, closed: ReadonlySet<string>): Block[] {
  const alone: Block[] = [];
  const fronts = frontNamespaces(graph);
  // Pods are inside the cluster: they stand next to what they call.
  const podZone = fronts.size > 0 ? 2 : graph.nodes.some(({ kind }) => kind === 'balancer' || kind === 'node') ? 1 : 0;
  const inside = new Map<string, GraphNode[]>(graph.namespaces.map(({ name }) => [name, []]));
  for (const node of graph.nodes) {
    if (node.namespace === undefined) alone.push({ zone: node.id === clients.pods ? podZone : node.kind === 'client' ? 0 : node.kind === 'external' ? outside : 1, width: cardWidth(node), height: cardHeight(node), nodes: [node] });
    else inside.get(node.namespace)?.push(node);
  }
  const spaces = [...inside].map(([namespace, nodes]): Block => {
    const open = layout.frames[namespace];
    const isClosed = closed.has(namespace) || open === undefined;
    return {
      zone: fronts.has(namespace) ? 2 : 3, namespace, nodes,
      width: isClosed ? size.frame.closedWidth : open.width, height: isClosed ? size.frame.closedHeight : open.height,
    };
  });
  return [...alone, ...spaces];
}

/** Namespaces that route for others and have no rules themselves. */
function frontNamespaces({ nodes, edges }: Graph): ReadonlySet<string> {
  const of = new Map(nodes.map((node) => [node.id, node]));
  const routing = new Set<string>();
  for (const { from, to, kind } of edges) {
    const [source, target] = [of.get(from), of.get(to)];
    if (kind === 'way' && source?.namespace !== undefined && target?.namespace !== undefined && source.namespace !== target.namespace && (target.kind === 'rule' || target.kind === 'gateway')) routing.add(source.namespace);
  }
  for (const { kind, namespace } of nodes) if (kind === 'rule' && namespace !== undefined) routing.delete(namespace);
  return routing;
}

/** Puts things in their order as near as possible to where they want to be, without one on the other: those that touch share their distance. */
function apart(wanted: readonly { readonly at: number; readonly height: number }[]): number[] {
  const groups: { top: number; height: number; weight: number; members: number }[] = [];
  for (const { at, height } of wanted) {
    let group = { top: at, height, weight: 1, members: 1 };
    for (let last = groups.at(-1); last !== undefined && last.top + last.height > group.top; last = groups.at(-1)) {
      groups.pop();
      const weight = last.weight + group.weight;
      group = { top: (last.top * last.weight + (group.top - last.height) * group.weight) / weight, height: last.height + group.height, weight, members: last.members + group.members };
    }
    groups.push(group);
  }
  const tops: number[] = [];
  let index = 0;
  for (const { top, members } of groups) {
    let y = top;
    for (let member = 0; member < members; member++, index++) {
      tops.push(y);
      y += wanted[index]?.height ?? 0;
    }
  }
  return tops;
}
