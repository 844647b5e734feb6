import { fields, integer, list } from '../../manifest/fields';
import { isLive } from '../../manifest/object';
import { isVariable } from '../../manifest/variables';
import { checkPortName, isLabelValue } from '../../model/names';
import type { Draft } from '../findings/draft';
import { type Service, portText } from '../world/services';
import type { World } from '../world/world';

/** What makes the API server refuse a Service, so that it never comes to be (k8s.io/kubernetes pkg/apis/core/validation). */
export function rejections(world: World, service: Service): Draft[] {
  // What a running cluster shows was accepted, whatever its flags allow.
  if (isLive(service.manifest.object)) return [];
  return [...nodePorts(world, service), ...portList(service)];
}

/** The range that `--service-node-port-range` allows. */
export function nodePortRange(world: World): readonly [number, number] {
  return world.profile.nodePortRange ?? [30000, 32767];
}

function nodePorts(world: World, service: Service): Draft[] {
  const { manifest: at } = service;
  const [first, last] = nodePortRange(world);
  return service.ports.flatMap((port): Draft[] => {
    if (port.nodePort === undefined) return [];
    const path = [...port.path, 'nodePort'];
    if (service.type === 'ClusterIP') {
      return [{ id: 'NP001', at, path, message: `nodePort ${port.nodePort} on Service ${service.name} of type ClusterIP: only NodePort and LoadBalancer have one.` }];
    }
    if (service.type !== 'ExternalName' && (port.nodePort < first || port.nodePort > last)) {
      return [{ id: 'NP002', at, path, message: `nodePort ${port.nodePort} of Service ${service.name} is outside ${first}-${last}.` }];
    }
    return [];
  });
}

function portList(service: Service): Draft[] {
  const { manifest: at, ports } = service;
  const drafts: Draft[] = [];
  const say = (path: Draft['path'], message: string): void => void drafts.push({ id: 'SVC007', at, ...(path === undefined ? {} : { path }), message });
  const written = list(service.spec['ports']);
  if (written.length === 0 && service.type !== 'ExternalName' && !service.headless) say(['spec'], `Service ${service.name} has no ports.`);
  written.forEach((entry, index) => {
    const number = fields(entry)['port'];
    if (integer(number) === undefined && !isVariable(number)) say(['spec', 'ports', index, 'port'], `Port ${JSON.stringify(number) ?? '(none)'} of Service ${service.name} is not a number.`);
  });
  if (service.headless && (service.type === 'NodePort' || service.type === 'LoadBalancer')) say(['spec', 'clusterIP'], `Service ${service.name} is headless and of type ${service.type}; it can be one only.`);
  const names = new Set<string>();
  const numbers = new Set<string>();
  for (const port of ports) {
    if (port.name === undefined) {
      if (ports.length > 1) say(port.path, `Port ${portText(port)} of Service ${service.name} has no name; with several ports each needs one.`);
    } else {
      if (names.has(port.name)) say([...port.path, 'name'], `Service ${service.name} names two ports ${port.name}.`);
      names.add(port.name);
      if (!isVariable(port.name) && (port.name.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(port.name))) say([...port.path, 'name'], `Port name ${JSON.stringify(port.name)} of Service ${service.name} is no DNS label: a-z, 0-9 and -.`);
    }
    if (numbers.has(portText(port))) say(port.path, `Service ${service.name} has port ${portText(port)} twice.`);
    numbers.add(portText(port));
    if (port.port < 1 || port.port > 65535) say([...port.path, 'port'], `Port ${port.port} of Service ${service.name} is outside 1-65535.`);
    if (typeof port.targetPort === 'number' && (port.targetPort < 1 || port.targetPort > 65535)) say([...port.path, 'targetPort'], `targetPort ${port.targetPort} of Service ${service.name} is outside 1-65535.`);
    if (typeof port.targetPort === 'string' && !isVariable(port.targetPort) && checkPortName('targetPort', port.targetPort).length > 0) {
      const number = /^\d+$/.test(port.targetPort);
      say([...port.path, 'targetPort'], `targetPort ${JSON.stringify(port.targetPort)} of Service ${service.name} is ${number ? 'a text, and a name needs a letter: write the number without quotes' : 'no port name: 1 to 15 of a-z, 0-9 and -, one letter at least'}.`);
    }
  }
  for (const [key, value] of Object.entries(service.selector ?? {})) {
    if (!isLabelValue(value) && !isVariable(value)) say(['spec', 'selector', key], `Selector value ${JSON.stringify(value)} of Service ${service.name} is no label value.`);
  }
  return drafts;
}
