import type { Trace, World } from '../../../src/explain';
import type { Received, Seen, Sent } from '../cluster/client';

/**
 * Whether what came back is what was foretold: an answer of one of the backends, or the symptom; where the way splits, either of
 * them. A trace that does not commit itself is not compared.
 */
export function foretold({ verdict, symptom, status, backends }: Trace, received: Received, mayBeDropped: boolean): boolean | 'not said' {
  if (verdict === 'depends' || verdict === 'unknown') return 'not said';
  const answered = received.body !== undefined && received.status === 200 && received.body.startsWith('{');
  if (answered) {
    if (verdict === 'broken') return false;
    const { pod, port } = JSON.parse(received.body ?? '') as Seen;
    return backends.some((backend) => pod.startsWith(`${backend.name}-`) && port === String(backend.port));
  }
  if (verdict === 'ok') return status !== undefined && received.status === status;
  const seen = received.symptom ?? `http-${received.status}`;
  // Whether a drop is answered by a router is the network's affair.
  if (seen === 'unreachable') return symptom === 'timeout' || symptom === 'refused';
  return seen === symptom || (mayBeDropped && symptom === 'refused' && seen === 'timeout');
}

/**
 * The same of a request to a Gateway: also where it is redirected to, and what the backend is asked for. Where Traefik takes one of
 * several rules by chance, an answer comes from a backend of theirs.
 */
export function foretoldByGateway(trace: Trace, received: Received, { url }: Sent): boolean | 'not said' {
  const as = foretold(trace.verdict === 'depends' && received.status === 200 ? { ...trace, verdict: 'ok' } : trace, received, false);
  if (as !== true || trace.verdict === 'depends') return as;
  if (received.status !== 200) return withoutCase(received.location) === redirectedTo(trace);
  const { host, path } = JSON.parse(received.body ?? '') as Seen;
  const asked = new URL(url);
  return `${host.replace(/:\d+$/, '').toLowerCase()}${path}` === (rewrittenTo(trace) ?? `${asked.hostname}${asked.pathname}`);
}

/** The host of a Location as it was asked for may have capitals, and means the same. */
function withoutCase(location: string | undefined): string | undefined {
  return location?.replace(/^[^/]+\/\/[^/]+/, (origin) => origin.toLowerCase());
}

/** Where a trace says that the client is sent. */
export function redirectedTo({ hops }: Trace): string | undefined {
  return /answers \d+, to (\S+?)\."/.exec(JSON.stringify(hops))?.[1];
}

/** What a trace says that the backend is asked for in place of what the client wrote. */
function rewrittenTo({ hops }: Trace): string | undefined {
  return /The backend is asked for (\S+?)\."/.exec(JSON.stringify(hops))?.[1];
}

/**
 * Whether a drop may be seen where a refusal is foretold: kube-proxy rejects a connection to a Service without endpoints, and where a
 * policy isolates the sender, networks differ in which of the two sees it first; and of several addresses of a name one may
 * refuse and a policy drop what is sent to the other.
 */
export function rejectMayBeDropped(world: World, { from, hops }: Trace): boolean {
  const way = JSON.stringify(hops);
  if (/"kind":"(in|e)gress-policy","verdict":"broken"/.test(way)) return true;
  const [, namespace, name] = /^pod:([^/]+)\/(.+)$/.exec(from) ?? [];
  if (namespace === undefined || !way.includes('has no endpoint')) return false;
  const sender = world.allPods.find((pod) => pod.namespace === namespace && pod.name === name);
  return sender !== undefined && world.policies.selecting(sender).some(({ egress }) => egress !== null);
}
