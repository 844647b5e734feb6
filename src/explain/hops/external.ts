import type { Service } from '../world/services';
import { isAddress } from '../world/addresses';
import { judge } from './policy';
import type { Journey, Sender } from './journey';
import { type Leg, broken, doubted, passed, unsure } from './leg';
import { toClusterName } from './inside';

/** ExternalName: DNS answers with another name (CNAME); ports, Host header and TLS name stay as the client wrote them. */
export function toExternalName(journey: Journey, service: Service, sender: Sender): Leg {
  journey.visit(service.manifest);
  const { externalName } = service;
  const view = { kind: 'dns' as const, at: service.manifest, path: ['spec', 'externalName'], from: service.name, text: '' };
  if (externalName === undefined || externalName === '') return broken({ ...view, text: `ExternalName Service ${service.name} names nothing.` }, 'nxdomain');
  const target = externalName.toLowerCase().replace(/\.$/, '');
  if (isAddress(target)) {
    journey.report({ id: 'SVC013', at: service.manifest, path: ['spec', 'externalName'], message: `externalName ${externalName} of Service ${service.name} is an address; DNS aliases names only.` });
    return broken({ ...view, text: `externalName ${externalName} is an address, and a CNAME leads to a name only: the name does not resolve.` }, 'nxdomain');
  }
  const text = `Service ${service.name} is an alias: DNS leads to ${target}, at the same port ${journey.request.port}.`;
  const inside = /\.svc(\.|$)/.test(target) ? toClusterName(journey, target, sender, 1) : undefined;
  return passed({ ...view, text, to: `${target}:${journey.request.port}` }, inside ?? toWorld(journey, target, sender));
}

/** A name or an address outside of the cluster: only egress policies are ours to judge. */
export function toWorld(journey: Journey, host: string, sender: Sender): Leg {
  const { world, request } = journey;
  const end = unsure({ kind: 'external', text: `${host}:${request.port} is outside of the input.`, to: `${host}:${request.port}` }, 'unknown');
  if (sender.kind !== 'pod') return end;
  const judgement = judge(world, 'egress', sender.pods[0], isAddress(host) ? { kind: 'address', address: host } : { kind: 'world' }, request.port, request.protocol, undefined);
  const [policy] = judgement.policies;
  if (policy === undefined) return end;
  journey.visit(policy.manifest);
  const view = { kind: 'egress-policy' as const, at: policy.manifest, text: '', to: `${host}:${request.port}` };
  if (judgement.verdict === 'yes') return passed({ ...view, text: `NetworkPolicy ${policy.name} lets the connection out.` }, end);
  if (judgement.verdict === 'unknown') return doubted({ ...view, text: `NetworkPolicy ${policy.name} lets out to some addresses only; ${host}'s is not in the input.` }, 'unknown', end);
  journey.report({ id: 'NET004', at: policy.manifest, path: ['spec', 'egress'], message: `NetworkPolicy ${judgement.policies.map(({ name }) => name).join(', ')} lets no connection out to ${host}:${request.port}.` });
  return broken({ ...view, text: `NetworkPolicy ${judgement.policies.map(({ name }) => name).join(', ')} lets nothing out to ${host}:${request.port}: packets are dropped.` }, 'timeout');
}
