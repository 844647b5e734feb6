import { type Finding, type Hop, type ObjectRef, type Trace, type World, check } from '../../explain';
import { referencesIn } from '../../explain/check/entry-points';
import { explainInvited } from '../../explain/check/followed';
import { append } from '../../explain/world/labels';
import { printable } from '../../explain/output/printable';
import { place } from '../../explain/output/words';
import type { Manifest } from '../../manifest/read';
import { type Graph, type GraphFinding, type GraphNode, clients } from '../graph';
import { client } from './clients';
import { grouped } from '../group';
import { addEntries } from './entries';
import { addFronts } from './fronts';
import { namespaceOf } from './policies';
import { addServices, serviceId } from './services';
import { type NodeDraft, Sketch, columns } from './sketch';
import { type Ground, findingView, groundOf, keyOf, startOf, wayOf } from './ways';
import { addWorkloads, workloadId } from './workloads';

/** The picture of a world: its cards and edges, what check finds at them, and the way of every request that the manifests invite, those `asked` first. */
export function graphOf(world: World, asked: readonly Trace[] = []): Graph {
  const sketch = new Sketch();
  addWorkloads(sketch, world);
  addServices(sketch, world);
  const rules = addFronts(sketch, world);
  addEntries(sketch, world);
  const traces = [...asked, ...inOrder(explainInvited(world)).filter((trace) => !asked.some((one) => one.request === trace.request && one.from === trace.from))];
  addSenders(sketch, world, traces, groundOf(sketch, sketch.edges(), rules));
  addCalls(sketch, world);
  addOtherPods(sketch, world);
  const edges = sketch.edges();
  const ground = groundOf(sketch, edges, rules);
  const { findings } = check(world);
  const shown = shownAt(sketch, findings);
  const names = [...new Set([...sketch.nodes.values()].flatMap(({ namespace }) => namespace ?? []))].sort();
  const at = (test: (finding: Finding, index: number) => boolean): number[] => findings.flatMap((finding, index) => (test(finding, index) ? [index] : []));
  const byNode = new Map<string, number[]>();
  shown.forEach((nodes, index) => nodes.forEach((node) => append(byNode, node, index)));
  return printable({
    nodes: [...sketch.nodes.values()].map(({ objects = [], parts: _, ...draft }): GraphNode => ({
      column: columns.service, rows: [], places: [], several: false, policies: [], ...draft, findings: byNode.get(draft.id) ?? [],
      ...(objects[0] === undefined ? {} : { place: place({ file: objects[0].file, line: objects[0].line }) }),
    })),
    edges,
    namespaces: names.map((name) => ({ ...namespaceOf(world, name), findings: at(({ object }, index) => object.namespace === name && shown[index]?.length === 0) })),
    findings: findings.map((finding, index): GraphFinding => ({ ...findingView(finding), nodes: shown[index] ?? [] })),
    ways: traces.map((trace) => wayOf(trace, ground)),
  });
}

/** What fails first, then what comes from outside, URLs before bare ports. */
function inOrder(traces: readonly Trace[]): Trace[] {
  const rank = ({ verdict, from, request }: Trace): number =>
    (verdict === 'broken' ? 0 : verdict === 'partial' ? 8 : 16) + (from.startsWith('pod:') ? 4 : 0) + (request.startsWith('http') ? 0 : 2);
  return [...traces].sort((a, b) => rank(a) - rank(b));
}

/** The cards that stand for the object of each finding; none: the frame of its namespace shows it. */
function shownAt(sketch: Sketch, findings: readonly Finding[]): string[][] {
  const cards = [...sketch.nodes.values()].filter(({ kind }) => kind !== 'balancer').flatMap((node) => (node.objects ?? []).map((object) => ({ node, object })));
  const byObject = grouped(cards, ({ object: { object } }) => keyOf({ apiVersion: '', kind: object.kind, ...object.metadata }));
  return findings.map(({ object, line }) => {
    const standing = byObject.get(keyOf(object)) ?? [];
    return (standing.length <= 1 ? standing : nearest(standing, line)).map(({ node }) => node.id);
  });
}

/** Of several cards for one object, the one whose part begins last before a line; all, where none does. */
function nearest<T extends { readonly node: NodeDraft; readonly object: Manifest }>(cards: readonly T[], line: number): readonly T[] {
  const starts = cards.map(({ node, object }) => Math.max(0, ...(node.parts ?? []).map((path) => object.lineOf(path)).filter((start) => start <= line)));
  const last = Math.max(...starts);
  return last === 0 ? cards : cards.filter((_, index) => starts[index] === last);
}

/** Whoever sends one of the requests: a client of its own, or pods that call a Service. */
function addSenders(sketch: Sketch, world: World, traces: readonly Trace[], ground: Ground): void {
  const controllers = new Set(world.controllers.map(({ pod }) => workloadId(pod)));
  for (const trace of traces) {
    const start = startOf(trace, ground);
    const which = (['internet', 'laptop', 'network', 'pods'] as const).find((name) => start === clients[name]);
    if (which !== undefined) client(sketch, which);
    const service = which === undefined && !controllers.has(start) ? firstService(trace.hops) : undefined;
    if (service === undefined) continue;
    const dialled = Number(/:(\d+)(?:[/\s]|$)/.exec(trace.request)?.[1]);
    const ports = world.services.get(`${service.namespace}/${service.name}`)?.ports ?? [];
    sketch.link(start, keyOf(service), { kind: 'call', port: (ports.find(({ port }) => port === dialled) ?? ports[0])?.port });
  }
}

function firstService(hops: readonly Hop[]): ObjectRef | undefined {
  const [first] = hops;
  if (first === undefined) return undefined;
  return (first.kind === 'dns' || first.kind === 'service') && first.object?.kind === 'Service' ? first.object : firstService(first.next);
}

/** Pods that are told the address of a Service call it. */
function addCalls(sketch: Sketch, world: World): void {
  for (const { pod, namespace, name, port } of referencesIn(world)) {
    const service = world.services.get(`${namespace}/${name}`);
    if (service !== undefined) sketch.link(workloadId(pod), serviceId(service), { kind: 'call', port: port ?? service.ports[0]?.port });
  }
}

/** A Service that nothing else leads to is there for other pods; a controller's is there for whoever gets to it. */
function addOtherPods(sketch: Sketch, world: World): void {
  const reached = sketch.targets();
  for (const service of world.services.values()) {
    const ofController = sketch.nodes.get(serviceId(service))?.column === columns.frontService;
    if (ofController || reached.has(serviceId(service))) continue;
    const others = client(sketch, 'pods');
    if (service.ports.length === 0) sketch.link(others, serviceId(service));
    service.ports.forEach(({ port }, toRow) => sketch.link(others, serviceId(service), { toRow, port }));
  }
}
