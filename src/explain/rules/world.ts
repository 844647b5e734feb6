import type { Draft } from '../findings/draft';
import { mayAskDns } from '../hops/dns-policy';
import { frontsOf } from '../hops/front';
import type { World } from '../world/world';
import { traefikIngressRules } from './traefik-ingress';

/** What only shows in all objects together. */
export function worldRules(world: World): Draft[] {
  return [...manyBalancers(world), ...withoutDns(world), ...sameRules(world), ...traefikIngressRules(world)];
}

const webPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443, 3000, 5000, 8000]);

/** LB001: three or more plain HTTP Services, each with a load balancer of its own. */
function manyBalancers(world: World): Draft[] {
  const controllers = new Set(world.controllers.map(({ pod }) => pod.namespace));
  const balanced = [...world.services.values()].filter((service) => service.type === 'LoadBalancer' && !controllers.has(service.namespace)
    && service.ports.length > 0 && service.ports.every((port) => port.protocol === 'TCP' && (webPorts.has(port.port) || /^https?\b/.test(port.name ?? ''))));
  const [first] = balanced;
  if (first === undefined || balanced.length < 3) return [];
  return [{
    id: 'LB001', at: first.manifest, path: ['spec', 'type'],
    message: `${balanced.length} HTTP Services have a load balancer each (${balanced.slice(0, 5).map(({ name }) => name).join(', ')}${balanced.length > 5 ? ', …' : ''}); one with an Ingress would do.`,
  }];
}

/** NET002: a workload may call out, but may not ask for names. What may call nothing, anything, or addresses only, does not need to. */
function withoutDns(world: World): Draft[] {
  if (world.profile.enforcesPolicies === false) return [];
  const drafts: Draft[] = [];
  const seen = new Set<unknown>();
  for (const pod of world.allPods) {
    if (pod.hostNetwork || seen.has(pod.manifest)) continue;
    seen.add(pod.manifest);
    const isolating = world.policies.selecting(pod).filter(({ egress }) => egress !== null);
    const [policy] = isolating.filter(({ egress }) => (egress ?? []).some((rule) => rule.peers?.some(({ podSelector, namespaceSelector }) => podSelector !== undefined || namespaceSelector !== undefined)));
    if (policy === undefined || mayAskDns({ world }, { kind: 'pod', pods: [pod] }).verdict !== 'no') continue;
    drafts.push({
      id: 'NET002', at: policy.manifest, path: ['spec', 'egress'],
      message: `NetworkPolicy ${isolating.map(({ name }) => name).join(', ')} lets ${pod.workload.kind} ${pod.workload.name} call other pods, but not DNS (port 53/UDP): it cannot resolve their names.`,
    });
  }
  return drafts;
}

/** ING005: equal rules on two Ingresses of one controller. */
function sameRules(world: World): Draft[] {
  const drafts: Draft[] = [];
  for (const front of frontsOf({ world })) {
    if (front.kind !== 'ingress') continue;
    const claimed = new Map<string, { readonly name: string; readonly backend: string }>();
    for (const ingress of front.ingresses) {
      if (ingress.annotations['nginx.ingress.kubernetes.io/canary'] === 'true') continue;
      for (const rule of ingress.rules) {
        for (const { path, pathType, backend } of rule.paths) {
          const key = `${rule.host}\0${path}\0${pathType}`;
          const target = `${ingress.namespace}/${backend.service?.name ?? ''}:${String(backend.service?.port ?? '')}`;
          const before = claimed.get(key);
          if (before === undefined) claimed.set(key, { name: ingress.name, backend: target });
          else if (before.backend !== target) {
            drafts.push({ id: 'ING005', at: ingress.manifest, path: backend.path, message: `Ingress ${ingress.name} and Ingress ${before.name} both claim ${rule.host || '(any host)'}${path}; which one wins is the controller's choice.` });
          }
        }
      }
    }
  }
  return drafts;
}
