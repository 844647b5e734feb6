import type { Complaint } from '../../model/problem';
import { laptopPort, type PortChain } from '../../model/ports';
import { Directory } from './directory';
import { Environment } from '../environment';
import type { Microservice } from './microservice';

/** What a service asks of its platform that it does not have; nothing where no environment says what the platform is. */
export function platformComplaints(service: Microservice): Complaint[] {
  const platform = Environment.around(service)?.platform;
  if (!platform) return [];
  const { rung } = service.exposure;
  const found: Complaint[] = [];
  if (rung.type === 'LoadBalancer' && !platform.loadBalancer.provided) {
    found.push({
      code: 'LOAD_BALANCER_PENDING', severity: 'error', field: 'exposure', value: 'LoadBalancer',
      rule: platform.loadBalancer.why, fix: platform.loadBalancer.fix,
    });
  }
  const hostPort = service.ports.map((chain) => chain.hostPort).find((port) => typeof port === 'number');
  if (platform.type !== 'kind' && hostPort !== undefined) {
    found.push({
      code: 'HOST_PORT_NOT_KIND', severity: 'error', field: 'exposure.hostPort', value: hostPort,
      rule: "A host port is the laptop's, through kind's port mappings; nothing reads it elsewhere.", fix: 'Leave hostPort out on this platform.',
    });
  }
  const loadBalancerClass = rung.type === 'LoadBalancer' ? rung.options.loadBalancerClass : undefined;
  if (platform.type === 'kind' && loadBalancerClass?.startsWith('networking.gke.io/')) {
    found.push({
      code: 'LOAD_BALANCER_CLASS_NOT_HERE', severity: 'error', field: 'exposure.loadBalancerClass', value: loadBalancerClass,
      rule: 'Nothing on kind answers to a class of GKE, so the Service stays pending.', fix: 'Use Exposure.loadBalancer() without a class here.',
    });
  }
  for (const chain of platform.type === 'kind' ? service.ports : []) {
    const others = Directory.of(service).othersAt(service, laptopPortOf(chain));
    if (others.length > 0) {
      found.push({
        code: 'HOST_PORT_TAKEN', severity: 'error', field: 'exposure.hostPort', value: laptopPort(chain),
        rule: `The laptop has each port once; also wanted by ${others.map(({ construct }) => construct.node.path).join(', ')}.`,
        fix: 'Give each its own hostPort, or hostPort: false to those that the laptop need not reach.',
      });
    }
  }
  if (rung.type === 'NodePort' && platform.type === 'gke') {
    found.push({
      code: 'NODE_PORT_ON_GKE', severity: 'warning', field: 'exposure', value: 'NodePort',
      rule: 'GKE nodes have private addresses and no firewall rule for node ports, so nothing outside the network reaches it.', fix: 'Use Exposure.loadBalancer() or Exposure.ingress({ site }).',
    });
  }
  if (platform.type === 'gke' && 'internalTrafficPolicy' in rung.options && rung.options.internalTrafficPolicy === 'Local') {
    found.push({
      code: 'INTERNAL_LOCAL_ON_GKE', severity: 'warning', field: 'exposure.internalTrafficPolicy', value: 'Local',
      rule: 'GKE Dataplane V2 does not support internalTrafficPolicy.', fix: "Use trafficDistribution: 'PreferSameNode' (Kubernetes 1.35) or leave it out.",
    });
  }
  return found;
}

/** How the directory keeps a port of the laptop. */
export function laptopPortOf(chain: PortChain): string {
  return `${chain.protocol}/${laptopPort(chain) ?? ''}`;
}
