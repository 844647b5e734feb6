import { judge } from '../hops/policy';
import type { Pod } from '../world/pods';
import { endpointsOf } from '../world/select';
import type { Service, ServicePort } from '../world/services';
import type { World } from '../world/world';

/** A pod of the input that the policies in front of a Service port admit; undefined when none does, or none stands in front. */
export function admittedClient(world: World, service: Service, port: ServicePort): Pod | undefined {
  for (const { pod: target, port: number } of endpointsOf(world, service, port).ready) {
    if (target === undefined) continue;
    for (const policy of world.policies.selecting(target)) {
      for (const rule of policy.ingress ?? []) {
        for (const { podSelector, namespaceSelector } of rule.peers ?? []) {
          const [namespace] = namespaceSelector?.requirements.find(({ key }) => key === 'kubernetes.io/metadata.name')?.values ?? [namespaceSelector === undefined ? policy.namespace : undefined];
          if (namespace === undefined) continue;
          const pod = podSelector === undefined ? world.pods.inNamespace(namespace)[0] : world.pods.selected(namespace, podSelector)[0];
          if (pod === undefined || pod === target) continue;
          const lets = (direction: 'ingress' | 'egress', of: Pod, peer: Pod): boolean => judge(world, direction, of, { kind: 'pod', pod: peer }, number, port.protocol, target).verdict === 'yes';
          if (lets('ingress', target, pod) && lets('egress', pod, target)) return pod;
        }
      }
    }
  }
  return undefined;
}
