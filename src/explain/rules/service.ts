import { isLive } from '../../manifest/object';
import type { Draft } from '../findings/draft';
import { localTo } from '../hops/service';
import type { Pod } from '../world/pods';
import { declared, endpointsOf, portNamed, selectedBy, targetOn } from '../world/select';
import { type Service, type ServicePort, portText } from '../world/services';
import type { World } from '../world/world';
import { nodePortRange, rejections } from './rejected';
import { probes } from './probes';

/** What is to be said of a Service by itself, beside the pods it selects and the Services around it. */
export function serviceRules(world: World, service: Service): Draft[] {
  const pods = selectedBy(world, service).filter((pod) => pod.replicas !== 0);
  return [
    ...rejections(world, service),
    ...clashes(world, service),
    ...nodePorts(world, service),
    ...twoProtocols(service),
    ...localOnly(world, service),
    ...deprecated(service),
    ...selection(service, pods),
    ...service.ports.flatMap((port) => portRules(world, service, port, pods)),
    ...probes(service, pods),
  ];
}

/** NP003: the API server gives a nodePort to the first Service applied, which is the first in the input. */
function clashes(world: World, service: Service): Draft[] {
  return service.ports.flatMap((port): Draft[] => {
    if (port.nodePort === undefined || service.type === 'ClusterIP' || service.type === 'ExternalName' || isLive(service.manifest.object)) return [];
    const claims = (world.servicesByNodePort.get(port.nodePort) ?? []).filter((other) =>
      other.type !== 'ClusterIP' && other.ports.some((entry) => entry.nodePort === port.nodePort && entry.protocol === port.protocol));
    const twice = service.ports.find((entry) => entry !== port && entry.nodePort === port.nodePort && entry.protocol === port.protocol);
    const [first] = claims;
    if (first !== undefined && first !== service) {
      return [{ id: 'NP003', at: service.manifest, path: [...port.path, 'nodePort'], message: `nodePort ${port.nodePort} of Service ${service.name} is also that of Service ${first.name}${first.namespace === service.namespace ? '' : ` in ${first.namespace}`}: the second to be applied is refused.` }];
    }
    return twice !== undefined && service.ports.indexOf(twice) < service.ports.indexOf(port)
      ? [{ id: 'NP003', at: service.manifest, path: [...port.path, 'nodePort'], message: `nodePort ${port.nodePort} is on two ports of Service ${service.name}.` }] : [];
  });
}

function nodePorts(world: World, service: Service): Draft[] {
  if (service.type !== 'NodePort' && service.type !== 'LoadBalancer') return [];
  const [first, last] = nodePortRange(world);
  const size = last - first + 1;
  // pkg/registry/core/service/portallocator: min(max(16, size/32), 128) ports stay for those who pin.
  const band = size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
  const live = isLive(service.manifest.object) || ('status' in service.manifest.object && service.clusterIPs.length > 0);
  const mapsNodePorts = world.nodes.some(({ portMappings }) => portMappings.some(({ containerPort }) => containerPort >= first && containerPort <= last));
  return service.ports.flatMap((port): Draft[] => {
    const path = [...port.path, 'nodePort'];
    if (port.nodePort === undefined) {
      return service.type === 'NodePort' && mapsNodePorts ? [{ id: 'NP005', at: service.manifest, path: port.path, message: `Service ${service.name} port ${portText(port)} pins no nodePort, and the cluster's port mappings go to fixed ones.` }] : [];
    }
    // What a running cluster assigned is not pinned by hand.
    return !live && band > 0 && port.nodePort >= first + band && port.nodePort <= last
      ? [{ id: 'NP004', at: service.manifest, path, message: `nodePort ${port.nodePort} of Service ${service.name} is in the band that is assigned automatically (${first + band}-${last}).`, fix: `Pin a port from ${first} to ${first + band - 1}.` }] : [];
  });
}

function twoProtocols(service: Service): Draft[] {
  return service.ports.flatMap((port, index): Draft[] => (service.ports.slice(0, index).some((other) => other.port === port.port && other.protocol !== port.protocol)
    ? [{ id: 'SVC008', at: service.manifest, path: port.path, message: `Service ${service.name} has port ${port.port} on two protocols; client-side apply loses one of them.` }] : []));
}

/** ETP001: nodes that clients may dial and that surely have no pod. A load balancer leaves such nodes out; nodes that are kept free of pods count where a port is mapped to them. */
function localOnly(world: World, service: Service): Draft[] {
  if (service.type !== 'NodePort' || service.externalTrafficPolicy !== 'Local') return [];
  return service.ports.flatMap((port): Draft[] => {
    const dialled = world.nodes.filter((node) => node.taints.length === 0 || node.portMappings.some(({ containerPort }) => containerPort === port.nodePort));
    const without = endpointsOf(world, service, port).ready.length === 0 ? [] : dialled.filter((node) => localTo({ world }, service, port, node) === 'no');
    return without.length === 0 ? [] : [{
      id: 'ETP001', at: service.manifest, path: ['spec', 'externalTrafficPolicy'],
      message: `Service ${service.name} has externalTrafficPolicy: Local, and node ${without.map(({ name }) => name).join(', ')} has no pod of it.`,
    }];
  });
}

function deprecated(service: Service): Draft[] {
  const { manifest: at, spec, name } = service;
  return [
    ...(service.externalIPs.length > 0 ? [{ id: 'DEP001', at, path: ['spec', 'externalIPs'], message: `Service ${name} uses externalIPs.` }] : []),
    ...(typeof spec['loadBalancerIP'] === 'string' && spec['loadBalancerIP'] !== '' ? [{ id: 'DEP003', at, path: ['spec', 'loadBalancerIP'], message: `Service ${name} uses loadBalancerIP.` }] : []),
    ...(spec['trafficDistribution'] === 'PreferClose' ? [{ id: 'DEP004', at, path: ['spec', 'trafficDistribution'], message: `Service ${name} has trafficDistribution: PreferClose.` }] : []),
  ];
}

/** SVC002: pods of two programs under one Service. Versions of one program run the same container, or declare the same ports. */
function selection(service: Service, pods: readonly Pod[]): Draft[] {
  const [first] = pods;
  if (first === undefined) return [];
  const other = pods.find((pod) => pod.workload.name !== first.workload.name && differ(service, first, pod));
  return other === undefined ? [] : [{
    id: 'SVC002', at: service.manifest, path: ['spec', 'selector'],
    message: `Service ${service.name} selects pods of ${first.workload.kind} ${first.workload.name} and of ${other.workload.kind} ${other.workload.name}, and only one of them has the port it sends to.`,
  }];
}

function differ(service: Service, a: Pod, b: Pod): boolean {
  return service.ports.some((port) => has(a, port) !== has(b, port) && hasOthers(has(a, port) ? b : a, port));
}

function has(pod: Pod, port: ServicePort): boolean {
  const number = targetOn(pod, port);
  return number !== undefined && declared(pod, number, port.protocol) !== undefined;
}

function hasOthers(pod: Pod, port: ServicePort): boolean {
  return pod.containers.some(({ ports }) => ports.some((entry) => entry.protocol === port.protocol));
}

function portRules(world: World, service: Service, port: ServicePort, pods: readonly Pod[]): Draft[] {
  const [pod] = pods;
  if (pod === undefined) return [];
  const at = service.manifest;
  const drafts: Draft[] = [];
  if (typeof port.targetPort === 'string') {
    const without = pods.find((entry) => portNamed(entry, String(port.targetPort), port.protocol) === undefined);
    const withName = pods.find((entry) => portNamed(entry, String(port.targetPort), port.protocol) !== undefined);
    if (without !== undefined && withName !== undefined && world.endpoints.get(`${service.namespace}/${service.name}`) === undefined) {
      drafts.push({ id: 'SVC004', at, path: [...port.path, 'targetPort'], message: `Pods of ${without.workload.name} have no port named ${port.targetPort}, so Service ${service.name} leaves them out; ${withName.workload.name} has it.` });
    }
  } else if (!service.headless) drafts.push(...numericTarget(service, port, pods));
  if (service.headless && port.targetPortGiven && (typeof port.targetPort === 'number' ? port.targetPort : targetOn(pod, port)) !== port.port && targetOn(pod, port) !== undefined) {
    drafts.push({ id: 'SVC010', at, path: port.path, message: `Headless Service ${service.name} has port ${portText(port)} and targetPort ${String(port.targetPort)}: clients must dial ${targetOn(pod, port)}.` });
  }
  if (isGrpc(port) && !service.headless && service.type !== 'ExternalName' && several(world, service, port)) {
    drafts.push({ id: 'SVC011', at, path: port.path, message: `gRPC on port ${portText(port)} of Service ${service.name} goes through a cluster IP: each connection sticks to one pod.` });
  }
  return drafts;
}

function numericTarget(service: Service, port: ServicePort, pods: readonly Pod[]): Draft[] {
  const number = Number(port.targetPort);
  if (pods.some((pod) => declared(pod, number, port.protocol) !== undefined)) return [];
  const others = [...new Set(pods.flatMap((pod) => pod.containers.flatMap(({ ports }) => ports.filter(({ protocol }) => protocol === port.protocol).map((entry) => entry.number))))];
  const at = service.manifest;
  const who = pods[0]?.workload.name ?? '';
  if (!port.targetPortGiven) {
    return [{
      id: 'SVC006', at, path: port.path, ...(others.length > 0 ? { severity: 'warning' as const } : {}),
      message: `Service ${service.name} port ${portText(port)} has no targetPort, so it sends to ${number}; ${others.length > 0 ? `${who} declares ${others.join(', ')}` : `no container of ${who} declares a port`}.`,
      ...(others.length === 1 ? { fix: `Write targetPort: ${others[0]}.` } : {}),
    }];
  }
  const swapped = others.includes(port.port);
  return [{
    id: 'SVC005', at, path: [...port.path, 'targetPort'], ...(swapped ? { severity: 'warning' as const } : {}),
    message: `targetPort ${number} of Service ${service.name} is declared by no container of ${who}${swapped ? `, which declares ${port.port}, the Service's port: they look mixed up` : ''}.`,
  }];
}

function isGrpc(port: ServicePort): boolean {
  return port.appProtocol === 'grpc' || port.appProtocol === 'kubernetes.io/h2c' || /^grpc(-|$)/.test(port.name ?? '') || /(^|-)grpc$/.test(port.name ?? '');
}

function several(world: World, service: Service, port: ServicePort): boolean {
  const { ready } = endpointsOf(world, service, port);
  return ready.length > 1 || ready.some(({ pod }) => (pod?.replicas ?? 1) > 1);
}
