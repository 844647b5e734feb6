import type { Finding, Hop, ObjectRef, Trace } from '../../explain';
import { firstBroken } from '../../explain/output/way';
import { headline, reasonsOf, whereText } from '../../explain/output/trace-text';
import { objectName, place } from '../../explain/output/words';
import { append } from '../../explain/world/labels';
import { type GraphEdge, type Way, type WayLink, type WayStep, clients } from '../graph';
import { anyNode, nodeId } from './entries';
import type { RulePlaces } from './fronts';
import type { Sketch } from './sketch';

/** What ways are found by: cards, and the edges between two of them. */
export interface Ground {
  /** The card of an object or of an address; a pod's is its workload's. */
  cardOf(key: string): string | undefined;
  readonly edges: readonly GraphEdge[];
  readonly between: ReadonlyMap<string, readonly number[]>;
  /** Which card leads to a card first. */
  readonly leads: ReadonlyMap<string, string>;
  readonly rules: RulePlaces;
}

export function groundOf({ nodes, standIns }: Sketch, edges: readonly GraphEdge[], rules: RulePlaces): Ground {
  const between = new Map<string, number[]>();
  const leads = new Map<string, string>();
  edges.forEach(({ from, to }, index) => {
    append(between, `${from}\0${to}`, index);
    if (!leads.has(to)) leads.set(to, from);
  });
  return { cardOf: (key) => (nodes.has(key) ? key : standIns.get(key)), edges, between, leads, rules };
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
  if (kind === 'node') return ground.cardOf(nodeId(rest ?? '')) ?? anyNode;
  if (kind === undefined) return outsideOf(hops[0], ground);
  const owners = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob', 'ReplicationController'];
  return owners.map((owner) => ground.cardOf(`${owner}/${rest}`)).find((card) => card !== undefined) ?? clients.pods;
}

/** Whoever is outside: the laptop where the host is one of its own names, and who is in the network where only they are let in. */
function outsideOf(first: Hop | undefined, ground: Ground): string {
  if (first === undefined) return clients.internet;
  if (first.kind === 'host-port' && ground.cardOf(clients.laptop) !== undefined) return clients.laptop;
  const [entry = ''] = stopsOf(first, { node: clients.internet, sender: clients.internet }, ground).moves;
  return ground.leads.get(entry) === clients.network ? clients.network : clients.internet;
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
  const own = ground.cardOf(key);
  const only = (card: string | undefined): readonly string[] => (card === undefined ? [] : [card]);
  switch (hop.kind) {
    case 'host-port': return { moves: only(ground.cardOf(nodeId((hop.to ?? '').replace(/:\d+$/, '')))) };
    case 'node-port': {
      // Of a port that two Services write, the node knows whose it is.
      const service = hop.next.some(({ kind }) => kind === 'node-port') ? undefined : own;
      const byNodes = !/^(Balancer|Node)\//.test(at.node) && (service === undefined || ground.between.has(`${anyNode}\0${service}`));
      return { moves: [...(byNodes ? only(ground.cardOf(anyNode)) : []), ...only(service)] };
    }
    case 'load-balancer': return { moves: only(ground.cardOf(`Balancer/${hop.object?.namespace ?? ''}/${hop.object?.name}`) ?? own) };
    case 'gateway': return { moves: own === undefined ? [] : throughFront(own, at, ground), takesOver: true };
    case 'ingress': case 'route': return ruleStops(hop, key, at, ground);
    case 'external': return { moves: only(ground.cardOf(`External/${(hop.to ?? '').replace(/:\d+$/, '')}`) ?? ground.cardOf(hop.to ?? '') ?? own) };
    case 'egress-policy': return { moves: [], shown: at.sender };
    case 'ingress-policy': return { moves: [] };
    case 'endpoint': case 'container':
      return { moves: only(own ?? ground.cardOf(hop.to ?? '')), takesOver: hop.next.some(({ kind }) => kind === 'ingress' || kind === 'route' || kind === 'gateway') };
    case 'dns': case 'service': case 'port-forward': return { moves: only(own) };
    default: { const never: never = hop.kind; return never; }
  }
}

/** The card and row of the rule that took the request. */
function ruleStops(hop: Hop, key: string, at: Position, ground: Ground): Stops {
  const [words] = /the default backend of Ingress \S+|^.*(?= takes (?:the request|it)\.)/s.exec(hop.text) ?? [];
  const rule = ground.rules.get(`${key}\0${words}`) ?? ground.rules.get(key);
  if (rule !== undefined) return { moves: throughFront(rule.node, at, ground), row: rule.row };
  const own = ground.cardOf(key);
  return { moves: own === undefined ? [] : [own] };
}

/** What is routed has come by whoever routes: a controller, a load balancer, a Gateway. */
function throughFront(card: string, { node }: Position, ground: Ground): readonly string[] {
  const front = node === card || ground.between.has(`${node}\0${card}`) ? undefined : ground.leads.get(card);
  return front === undefined ? [card] : [front, card];
}

/** Of several edges between two cards, the one of the row or port that the hop names. */
function edgeFor(ground: Ground, from: string, to: string, { row, before }: Position, hop: Hop): number | undefined {
  const edges = ground.between.get(`${from}\0${to}`) ?? [];
  if (edges.length <= 1) return edges[0];
  const words = [before?.to, hop.from, hop.to, before?.from].filter((part) => part !== undefined).join(' ');
  const byRow = row === undefined ? undefined : edges.find((index) => ground.edges[index]?.fromRow === row);
  return byRow ?? edges.find((index) => new RegExp(`:${ground.edges[index]?.port}\\b`).test(words)) ?? edges[0];
}
