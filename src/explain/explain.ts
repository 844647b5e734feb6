import { apiGroup } from '../manifest/object';
import type { Manifest } from '../manifest/read';
import { type Draft, toFindings } from './findings/draft';
import { toAddress } from './hops/address';
import { frontFor, toFront } from './hops/front';
import { toName } from './hops/inside';
import type { Journey, Notes, Sender } from './hops/journey';
import { toLocalhost } from './hops/laptop';
import { type Leg, passed, unsure } from './hops/leg';
import { arrive } from './hops/arrive';
import { toNode } from './hops/node';
import { toPortForward } from './hops/port-forward';
import { toService } from './hops/service';
import { namespaceOf, originOf, senderOf } from './origin';
import { type Request, originText, requestText } from './request';
import { rulesFor } from './rules/rules';
import type { Hop, Trace } from './trace';
import { isAddress, isLoopback } from './world/addresses';
import type { World } from './world/world';

/** Options of {@link explain}. */
export interface ExplainOptions {
  /**
   * The namespace whose short names a request from outside a pod means, such as `http://blue-service`.
   *
   * @default default, or the only one that has the name
   */
  readonly namespace?: string;
}

/** Follows a request through the world: the hops, what becomes of it, and what is wrong with the objects on its way. */
export function explain(world: World, request: Request, options: ExplainOptions = {}): Trace {
  return conclude(world, follow(world, request, options));
}

/** How far a request got: its trace without findings, and the notes they are made of. */
export interface Followed {
  readonly trace: Trace;
  readonly notes: Notes;
}

/** The trace with its findings. */
export function conclude(world: World, { trace, notes }: Followed): Trace {
  const drafts = [...notes.drafts, ...[...notes.visited].flatMap((manifest) => rulesFor(world, manifest))];
  const findings = toFindings(drafts);
  const isTold = findings.some(({ severity }) => severity !== 'note') || (trace.verdict !== 'broken' && trace.verdict !== 'partial');
  return { ...trace, findings: isTold ? findings : toFindings([...drafts, ...nothingThere(world, trace, notes)]) };
}

/** REQ005: broken, and no object is to blame but the request; told at the object that came nearest. */
function nothingThere(world: World, trace: Trace, notes: Notes): Draft[] {
  const broken = firstBroken(trace.hops);
  const { objects } = world.manifests;
  // A port that the laptop does not have is missing in kind's config.
  const at = [...notes.visited].at(-1) ?? (broken?.kind === 'host-port' ? objects.find(({ object }) => apiGroup(object.apiVersion) === 'kind.x-k8s.io') : undefined) ?? objects[0];
  return at === undefined || broken === undefined ? [] : [{ id: 'REQ005', at, message: broken.text }];
}

function firstBroken(hops: readonly Hop[]): Hop | undefined {
  for (const hop of hops) {
    const found = hop.verdict === 'broken' ? hop : firstBroken(hop.next);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Follows a request, and leaves what is wrong with the objects on its way for later. */
export function follow(world: World, request: Request, options: ExplainOptions): Followed {
  const namespace = namespaceOf(world, request, options.namespace ?? 'default');
  const origin = originOf(world, request, namespace);
  const notes: Notes = { drafts: [], assumptions: new Set(), visited: new Set() };
  const journey: Journey = {
    world, request, origin, namespace: origin.kind === 'pod' ? origin.namespace : namespace,
    report: (draft: Draft) => void notes.drafts.push(draft),
    assume: (text: string) => void notes.assumptions.add(text),
    visit: (manifest: Manifest) => void notes.visited.add(manifest),
  };
  const sender = senderOf(world, origin);
  if (sender.kind === 'unseen-pod') journey.assume(`Pod ${sender.namespace}/${sender.name ?? ''} is not in the input; policies on its side are not judged.`);
  const leg = start(journey, sender);
  const { verdict, symptom, status, backends } = leg.outcome;
  return {
    trace: {
      request: requestText(request), from: originText(origin), verdict, symptom, ...(status === undefined ? {} : { status }), backends,
      hops: [leg.hop], findings: [], assumptions: [...notes.assumptions],
    },
    notes,
  };
}

function start(journey: Journey, sender: Sender): Leg {
  const { request } = journey;
  if (request.portForward !== null) return toPortForward(journey, request.portForward);
  if (request.via !== null) return through(journey, request.via);
  if (isLoopback(request.host)) return loopback(journey, sender);
  const node = journey.world.nodes.find(({ name }) => name.toLowerCase() === request.host);
  if (node !== undefined) return toNode(journey, node, request.port, request.protocol, sender);
  return isAddress(request.host) ? toAddress(journey, sender) : toName(journey, sender);
}

/** The front that --via names. */
function through(journey: Journey, via: NonNullable<Request['via']>): Leg {
  const { world } = journey;
  const key = `${via.namespace}/${via.name}`;
  const gateway = via.kind === 'gateway' ? world.gateways.get(key) : undefined;
  const service = via.kind === 'service' ? world.services.get(key) : undefined;
  if (gateway !== undefined) return toFront(journey, { kind: 'gateway', name: key, gateway });
  if (service !== undefined) return viaService(journey, service);
  if (via.kind === 'gateway') {
    const routes = world.routes.filter((route) => route.parents.some((parent) => parent.name === via.name && parent.namespace === via.namespace));
    if (routes.length > 0) return toFront(journey, { kind: 'unseen-gateway', name: `Gateway ${key}`, routes });
  }
  return unsure({ kind: via.kind === 'gateway' ? 'gateway' : 'load-balancer', text: `${via.kind === 'gateway' ? 'Gateway' : 'Service'} ${key} is not in the input.`, from: journey.request.host }, 'unknown');
}

function viaService(journey: Journey, service: NonNullable<ReturnType<World['services']['get']>>): Leg {
  const { request } = journey;
  const byNodePort = service.ports.some((port) => port.nodePort === request.port) && !service.ports.some((port) => port.port === request.port);
  if (byNodePort) return toNode(journey, undefined, request.port, request.protocol, { kind: 'outside' });
  if (service.type === 'LoadBalancer') return toFront(journey, { kind: 'service', name: service.name, service });
  journey.assume(`Something leads ${request.host}:${request.port} to Service ${service.namespace}/${service.name}.`);
  return toService(journey, service, request.port, request.protocol, { kind: 'outside' });
}

/** localhost is the sender itself. */
function loopback(journey: Journey, sender: Sender): Leg {
  const { request, world } = journey;
  switch (sender.kind) {
    case 'laptop': case 'outside': return toLocalhost(journey);
    case 'node': return toNode(journey, world.nodes.find(({ name }) => name === sender.name), request.port, request.protocol, sender, true);
    case 'pod': {
      const [pod] = sender.pods;
      return passed({ kind: 'endpoint', at: pod.manifest, text: `localhost in a pod is the pod itself.`, to: `localhost:${request.port}` }, arrive(journey, pod, request.port, request.protocol));
    }
    default: return frontFor(journey, true) ?? unsure({ kind: 'endpoint', text: 'localhost in a pod is the pod itself, which is not in the input.' }, 'unknown');
  }
}
