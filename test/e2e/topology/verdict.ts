import type { Trace, World } from '../../../src/explain';
import type { Received, Seen } from '../cluster/client';

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
