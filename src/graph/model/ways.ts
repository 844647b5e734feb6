import type { Finding, Hop, ObjectRef, Trace } from '../../explain';
import { firstBroken } from '../../explain/output/way';
import { headline, reasonsOf, whereText } from '../../explain/output/trace-text';
import { objectName, place } from '../../explain/output/words';
import { append } from '../../explain/world/labels';
import { type GraphEdge, type Way, type WayLink, type WayStep, clients } from '../graph';
import { anyNode, nodeId } from './entries';
import type { RulePlaces } from './fronts';

/** What ways are found by: cards, and the edges between two of them. */
export interface Ground {
  has(id: string): boolean;
  readonly edges: readonly GraphEdge[];
  readonly between: ReadonlyMap<string, readonly number[]>;
  readonly rules: RulePlaces;
}

export function groundOf(ids: ReadonlySet<string>, edges: readonly GraphEdge[], rules: RulePlaces): Ground {
  const between = new Map<string, number[]>();
  edges.forEach(({ from, to }, index) => append(between, `${from}\0${to}`, index));
  return { has: (id) => ids.has(id), edges, between, rules };
}

/** Where a way is while its hops are put on the picture. */
interface Position {
  readonly node: string;
  /** The row of the rule that took the request. */
  readonly row?: number;
  /** Whose egress policies have their say. */
  readonly sender: string;
  readonly before?: Hop;
}

/** A trace as a way over the cards: the lines of the explanation, each at the card where it happens, and the stretches between. */
export function wayOf(trace: Trace, ground: Ground): Way {
  const start = startOf(trace, ground);
  const broken = trace.verdict === 'ok' ? undefined : firstBroken(trace.hops);
  const steps: WayStep[] = [];
  const links = new Map<string, WayLink>();
  const walk = (hop: Hop, number: number, at: Position): void => {
    const stops = stopsOf(hop, at, ground);
    let node = at.node;
    for (const stop of stops.moves) {
      if (stop === node) continue;
      const edge = edgeFor(ground, node, stop, at, hop);
      links.set(`${node}\0${stop}\0${edge ?? ''}`, { from: node, to: stop, ...(edge === undefined ? {} : { edge }) });
      node = stop;
    }
    steps.push({ number, kind: hop.kind, verdict: hop.verdict, text: hop.text, where: whereText(hop), breaksHere: hop === broken, node: stops.shown ?? node });
    for (const next of hop.next) {
      walk(next, number + 1, { node, sender: stops.takesOver === true ? node : at.sender, before: hop, ...(stops.row === undefined ? {} : { row: stops.row }) });
    }
  };
  for (const hop of trace.hops) walk(hop, 1, { node: start, sender: start });
  return {
    request: trace.request, from: trace.from, verdict: trace.verdict, headline: headline(trace), start, steps, links: [...links.values()],
    reasons: reasonsOf(trace).map(findingView), assumptions: trace.verdict === 'depends' || trace.verdict === 'unknown' ? trace.assumptions : [],
  };
}

export function findingView({ id, severity, message, fix, object, ...at }: Finding): Way['reasons'][number] {
  return { id, severity, message, fix, object: objectName(object), place: place(at) };
}

export function keyOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** The card of the sender; pods that are no card's are other pods. */
export function startOf({ from, hops }: Trace, ground: Ground): string {
  const [, kind, rest] = /^(node|pod):(.*)$/s.exec(from) ?? [];
  if (from === 'laptop') return clients.laptop;
  if (kind === 'node') return ground.has(nodeId(rest ?? '')) ? nodeId(rest ?? '') : anyNode;
  if (kind === undefined) {
    // The host is one of the laptop's own names.
    return hops[0]?.kind === 'host-port' && ground.has(clients.laptop) ? clients.laptop : clients.internet;
  }
  const [namespace = '', name = ''] = (rest ?? '').split('/');
  const found = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob', 'ReplicationController'].find((workload) => ground.has(`${workload}/${namespace}/${name}`));
  return found === undefined ? clients.pods : `${found}/${namespace}/${name}`;
}

interface Stops {
  /** Cards that the way goes on to. */
  readonly moves: readonly string[];
  /** The card where the line belongs, if that is another. */
  readonly shown?: string;
  readonly row?: number;
  /** A proxy sends on what it took. */
  readonly takesOver?: boolean;
}

function stopsOf(hop: Hop, at: Position, ground: Ground): Stops {
  const key = hop.object === undefined ? '' : keyOf(hop.object);
  const own = ground.has(key) ? [key] : [];
  switch (hop.kind) {
    case 'host-port': {
      const node = nodeId((hop.to ?? '').replace(/:\d+$/, ''));
      return { moves: ground.has(node) ? [node] : [] };
    }
    case 'node-port': return { moves: at.node.startsWith('Client/') && ground.has(anyNode) ? [anyNode, ...own] : own };
    case 'load-balancer': {
      const balancer = hop.object === undefined ? '' : `Balancer/${hop.object.namespace ?? ''}/${hop.object.name}`;
      return { moves: ground.has(balancer) ? [balancer] : own };
    }
    case 'gateway': {
      const balancer = `Balancer/${key}`;
      return { moves: at.node.startsWith('Client/') && ground.has(balancer) ? [balancer, ...own] : own, takesOver: true };
    }
    case 'ingress': case 'route': return ruleStops(hop, key, at, ground);
    case 'external': {
      const outside = `External/${(hop.to ?? '').replace(/:\d+$/, '')}`;
      return { moves: ground.has(outside) ? [outside] : own };
    }
    case 'egress-policy': return { moves: [], shown: at.sender };
    case 'ingress-policy': return { moves: [] };
    case 'endpoint': case 'container': {
      const answering = own.length > 0 ? own : workloadBehind(hop, ground);
      return { moves: answering, takesOver: hop.next.some(({ kind }) => kind === 'ingress' || kind === 'route' || kind === 'gateway') };
    }
    case 'dns': case 'service': case 'port-forward': return { moves: own };
    default: { const never: never = hop.kind; return never; }
  }
}

/** The card and row of the rule that took the request; of the controller that serves it from outside, first that. */
function ruleStops(hop: Hop, key: string, at: Position, ground: Ground): Stops {
  const words = hop.text.replace(/ takes (the request|it)\..*$/s, '');
  const rule = ground.rules.get(`${key}\0${words}`) ?? ground.rules.get(key);
  if (rule === undefined) return { moves: ground.has(key) ? [key] : [] };
  const front = at.node.startsWith('Client/') ? ground.edges.find(({ to }) => to === rule.node)?.from : undefined;
  return { moves: front === undefined ? [rule.node] : [front, rule.node], row: rule.row };
}

/** The pods behind an EndpointSlice, or of a Pod that is drawn as its workload, are on the hops that follow. */
function workloadBehind(hop: Hop, ground: Ground): readonly string[] {
  for (const next of hop.next) {
    const key = next.object === undefined ? '' : keyOf(next.object);
    if (next.kind === 'container' && ground.has(key)) return [key];
    const deeper = workloadBehind(next, ground);
    if (deeper.length > 0) return deeper;
  }
  return [];
}

/** Of several edges between two cards, the one of the row or port that the hop names. */
function edgeFor(ground: Ground, from: string, to: string, { row, before }: Position, hop: Hop): number | undefined {
  const edges = ground.between.get(`${from}\0${to}`) ?? [];
  if (edges.length <= 1) return edges[0];
  const words = [before?.to, hop.from, hop.to, before?.from].filter((part) => part !== undefined).join(' ');
  const byRow = row === undefined ? undefined : edges.find((index) => ground.edges[index]?.fromRow === row);
  return byRow ?? edges.find((index) => new RegExp(`:${ground.edges[index]?.port}\\b`).test(words)) ?? edges[0];
}
