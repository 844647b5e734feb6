import type { App } from 'cdk8s';
import { Environment } from '../constructs/environment';
import { Exposure } from '../constructs/services/exposure';
import type { Front } from '../constructs/site/front';
import { gkeGateway } from '../constructs/fronts/gke-gateway';
import { gkeIngress } from '../constructs/fronts/gke-ingress';
import { GkeLoadBalancer } from '../constructs/services/gke-load-balancer';
import { AppNamespace } from '../constructs/namespace';
import { Site } from '../constructs/site/site';
import { Traefik } from '../constructs/fronts/traefik';
import type { Platform } from '../model/platform';
import { Shop, type ShopOptions, type ShopService } from './shop';

/** Where the shop stands: the four rungs, the highest with Traefik or GKE's own load balancer, as an Ingress, a Gateway, or both. */
export type ShopRung = 'clusterip' | 'nodeport' | 'loadbalancer' | 'ingress' | 'gateway' | 'ingress-and-gateway' | 'gke-ingress' | 'gke-gateway' | 'gke-ingress-and-gateway';

/** What may differ from one shop to the next, besides its rung. */
export interface ShopEnvironmentProps extends ShopOptions {
  readonly platform: Platform;
  readonly rung: ShopRung;

  /**
   * The host of the site, where the rung has one.
   *
   * @default 'shop.localhost' on kind, 'shop.example.com' on GKE
   */
  readonly host?: string;
}

/** The shop on one rung. Going up, only the exposures change, and what stands in front. */
export function shopEnvironment(app: App, name: string, { platform, rung, host, ...options }: ShopEnvironmentProps): Environment {
  const environment = new Environment(app, name, { platform });
  const namespace = new AppNamespace(environment, 'shop');
  const site = host ?? (platform.type === 'kind' ? 'shop.localhost' : 'shop.example.com');
  new Shop(namespace, 'Shop', { ...options, exposures: exposures(rung, namespace, platform, site) });
  return environment;
}

type Exposures = Readonly<Record<ShopService, Exposure>>;

function exposures(rung: ShopRung, namespace: AppNamespace, platform: Platform, host: string): Exposures {
  switch (rung) {
    case 'clusterip': return everywhere(() => Exposure.clusterIp());
    case 'nodeport': return {
      'blue-service': Exposure.nodePort({ nodePort: 30000 }),
      'python-nodeport-service': Exposure.nodePort({ nodePort: 30080 }),
      'nginx-service': Exposure.nodePort({ nodePort: 30001 }),
      orders: Exposure.nodePort({ nodePort: 30002 }),
      whoami: Exposure.nodePort({ nodePort: 30003 }),
    };
    case 'loadbalancer': return platform.type === 'gke'
      ? {
        ...everywhere(() => GkeLoadBalancer.external()),
        orders: GkeLoadBalancer.internal({ globalAccess: true }),
        whoami: GkeLoadBalancer.external({ externalTrafficPolicy: 'Local', weightedByPods: true }),
      }
      : everywhere(() => Exposure.loadBalancer());
    case 'ingress': return behind(namespace, traefik(namespace, platform), host);
    case 'gateway': return behind(namespace, traefik(namespace, platform).gateway, host);
    case 'ingress-and-gateway': {
      const front = traefik(namespace, platform);
      return behind(namespace, [front, front.gateway], host);
    }
    case 'gke-ingress': return behind(namespace, ofGoogle.ingress(), host);
    case 'gke-gateway': return behind(namespace, ofGoogle.gateway(), host);
    case 'gke-ingress-and-gateway': return behind(namespace, [ofGoogle.ingress(), ofGoogle.gateway()], host);
  }
}

/** Google's load balancers: an address each, so that both can be live, and a certificate from Google. */
const ofGoogle = {
  ingress: () => gkeIngress({ staticAddressName: 'shop', managedCertificate: true }),
  gateway: () => gkeGateway({ staticAddressName: 'shop-gateway', certificateMap: 'shop' }),
};

/** Traefik on two ports of the laptop, or behind the one load balancer. */
function traefik(namespace: AppNamespace, { type }: Platform): Traefik {
  const exposure = type === 'kind'
    ? Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } })
    : GkeLoadBalancer.external({ addressNames: ['shop'] });
  return new Traefik(Environment.around(namespace) ?? namespace, 'traefik', { exposure, watchNamespaces: [namespace.namespaceName] });
}

/** One site: paths where the service answers on any, hosts of their own for those that have paths themselves. */
function behind(namespace: AppNamespace, front: Front | readonly Front[], host: string): Exposures {
  const site = new Site(namespace, 'shop', { front, host });
  return {
    'nginx-service': Exposure.ingress({ site }),
    'blue-service': Exposure.ingress({ site, path: '/blue' }),
    whoami: Exposure.ingress({ site, path: '/whoami' }),
    'python-nodeport-service': Exposure.ingress({ site, host: `python.${host}` }),
    orders: Exposure.ingress({ site, host: `orders.${host}` }),
  };
}

function everywhere(exposure: () => Exposure): Exposures {
  return { 'blue-service': exposure(), 'python-nodeport-service': exposure(), 'nginx-service': exposure(), orders: exposure(), whoami: exposure() };
}
