import type { Graph, GraphEdge, GraphNode, Way } from './graph';
import { grouped } from './group';

/** One card for the rest of each namespace, and of each kind outside of them, beside the cards of the way and the clients. */
export function summed(graph: Graph, way: Way | undefined): Graph {
  const lit = new Set([...(way?.steps ?? []).map(({ node }) => node), ...(way?.links ?? []).flatMap(({ from, to }) => [from, to])]);
  const rest = grouped(graph.nodes, ({ id, kind, namespace }) => (lit.has(id) || kind === 'client' ? undefined : namespace === undefined ? `kind ${kind}` : `namespace ${namespace}`));
  const cards = [...rest].map(([key, members]): GraphNode => {
    const [first] = members;
    const namespace = first?.namespace;
    const findings = [...new Set(members.flatMap((node) => node.findings))];
    return {
      id: key, kind: namespace === undefined ? first?.kind ?? 'external' : 'service', caption: namespace === undefined ? 'Several' : 'Closed namespace', title: `${members.length} cards`,
      column: 0, rows: [], places: [], several: true, policies: [], findings, ...(namespace === undefined ? {} : { namespace }),
    };
  });
  const standIns = new Map([...rest].flatMap(([key, members]) => members.map(({ id }) => [id, key] as const)));
  const edges = graph.edges.map(({ from, to, kind, port }): GraphEdge => ({ from: standIns.get(from) ?? from, to: standIns.get(to) ?? to, kind, ...(port === undefined ? {} : { port }) }));
  return { ...graph, nodes: [...graph.nodes.filter(({ id }) => !standIns.has(id)), ...cards], edges };
}
