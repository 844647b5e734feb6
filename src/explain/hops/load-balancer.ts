import { isLive } from '../../manifest/object';
import { selectedBy } from '../world/select';
import { type Service, isInternal, portText } from '../world/services';
import type { World } from '../world/world';
import { balance, refusedByApiServer } from './service';
import type { Journey, Sender } from './journey';
import { type HopView, type Leg, broken, doubted, passed } from './leg';
import { toNodePort } from './node';
import { reportWrongPort } from './wrong-port';

/** A connection to a LoadBalancer Service from outside: through whatever gives it an address, if anything does. */
export function toBalancer(journey: Journey, service: Service, sender: Sender): Leg {
  const { world, request } = journey;
  journey.visit(service.manifest);
  const refused = refusedByApiServer(journey, service);
  const address = `${service.balancerAddresses[0] ?? service.name}:${request.port}`;
  const view: HopView = { kind: 'load-balancer', text: '', at: service.manifest, path: ['spec', 'type'], from: address };
  if (refused !== undefined) return broken({ ...view, text: refused }, 'pending');
  const given = service.balancerAddresses.length > 0;
  const provider = providerOf(journey, service);
  const pending = pendingDraft(world, service);
  if (pending !== undefined) {
    journey.report(pending);
    return broken({ ...view, text: provider === false ? `Nothing gives Service ${service.name} an address here: it stays <pending>.` : `Service ${service.name} has no address in the cluster: it is <pending>.` }, 'pending');
  }
  const port = service.ports.find((entry) => entry.port === request.port && entry.protocol === request.protocol);
  if (port === undefined) {
    reportWrongPort(journey, service, request.port, request.protocol);
    return broken({ ...view, text: `The load balancer of Service ${service.name} forwards ${service.ports.map(portText).join(', ') || 'no port'}, not ${request.port}.` }, 'timeout');
  }
  const ranges = service.spec['loadBalancerSourceRanges'];
  if (Array.isArray(ranges) && ranges.length > 0 && !ranges.includes('0.0.0.0/0')) journey.assume(`The client's address is within loadBalancerSourceRanges of Service ${service.name} (${ranges.join(', ')}).`);
  const internal = isInternal(service);
  if (internal) journey.assume(`The client is inside the network of the load balancer of Service ${service.name}, which is internal.`);
  const text = `The ${internal ? 'internal ' : ''}load balancer of Service ${service.name} forwards port ${portText(port)}${service.externalTrafficPolicy === 'Local' ? ' to nodes that have a pod of it (health check node port)' : ' to any node'}.`;
  // With Local, the load balancer's health checks leave out nodes without an endpoint.
  const next = service.externalTrafficPolicy === 'Local' || !service.allocatesNodePorts
    ? balance(journey, service, port, sender, `${service.name}:${port.port}`)
    : toNodePort(journey, service, port, undefined, sender, `node:${port.nodePort ?? 'nodePort'}`);
  if (given || provider !== undefined) {
    if (!given) journey.assume(`${String(provider)} gives Service ${service.name} an address.`);
    return passed({ ...view, text }, next);
  }
  return doubted({ ...view, text: `${text} Whether anything gives it an address is not in the input; --platform or a profile says.` }, 'depends', next);
}

/** Who gives this Service its address: a name, false for nobody, undefined when not known. */
export function providerOf({ world }: Pick<Journey, 'world'>, service: Service): string | false | undefined {
  const { loadBalancerClass } = service;
  if (loadBalancerClass === undefined) return world.loadBalancer;
  if (loadBalancerClass.startsWith('networking.gke.io/')) return world.platform === undefined || world.platform === 'gke' ? 'Google Cloud' : false;
  if (typeof world.loadBalancer === 'string') return world.loadBalancer;
  return world.loadBalancer === false && world.profile.loadBalancer === false ? false : undefined;
}

/** A Service that stays pending and does not matter: its pods have hostPorts, or its nodePort is mapped. ingress-nginx on kind is so. */
export function hasAnotherWay(world: World, service: Service): boolean {
  const mapped = world.nodes.some(({ portMappings }) => portMappings.some(({ containerPort }) => service.ports.some(({ nodePort }) => nodePort === containerPort)));
  return mapped || selectedBy(world, service).some((pod) => pod.hostNetwork || pod.containers.some(({ ports }) => ports.some(({ hostPort }) => hostPort !== undefined)));
}

/** KIND003: nobody gives addresses here. LB002: the cluster was asked, and its status has none. */
export function pendingDraft(world: World, service: Service): Parameters<Journey['report']>[0] | undefined {
  if (service.type !== 'LoadBalancer' || service.balancerAddresses.length > 0) return undefined;
  const provider = providerOf({ world }, service);
  if (provider === false) return nobodyDraft(service, world.platform);
  return !isLive(service.manifest.object) ? undefined : {
    id: 'LB002', at: service.manifest,
    message: `Service ${service.name} is of type LoadBalancer, and ${provider ?? 'whatever makes load balancers there'} has given it no address: it is <pending> in the cluster.`,
  };
}

function nobodyDraft(service: Service, platform: string | undefined): Parameters<Journey['report']>[0] {
  const where = platform === undefined ? 'here' : platform === 'bare' ? 'on a bare cluster (kubeadm)' : `on ${platform}`;
  const [port] = service.ports;
  const instead = platform === 'kind' ? 'run cloud-provider-kind' : platform === 'minikube' ? 'run minikube tunnel' : 'install MetalLB';
  return {
    id: 'KIND003', at: service.manifest, path: ['spec', 'type'],
    message: `Service ${service.name} is of type LoadBalancer, and nothing ${where} gives one an address: it stays <pending>.`,
    fix: `For load balancers ${instead}; or use its nodePort${port?.nodePort === undefined ? '' : ` ${port.nodePort}`}, or type ClusterIP behind an Ingress.`,
  };
}
