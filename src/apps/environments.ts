import type { App } from 'cdk8s';
import { Environment } from '../constructs/environment';
import { Exposure } from '../constructs/exposure';
import type { Front } from '../constructs/front';
import { gkeIngress } from '../constructs/gke-ingress';
import { GkeLoadBalancer } from '../constructs/gke-load-balancer';
import { AppNamespace } from '../constructs/namespace';
import { Site } from '../constructs/site';
import { Traefik } from '../constructs/traefik';
import type { Platform } from '../model/platform';
import { gke } from '../platforms/gke';
import { kind } from '../platforms/kind';
import type { EnvironmentDefinition } from './definition';
import { Shop, type ShopService } from './shop';

/** The shop on every rung of the ladder. Going up, only the exposures change, and what stands in front. */
export const environments: readonly EnvironmentDefinition[] = [
  {
    name: 'kind-clusterip',
    description: 'kind: every service on a ClusterIP, called from inside the cluster',
    build: (app) => shop(app, 'kind-clusterip', kind(), () => everywhere(() => Exposure.clusterIp())),
  },
  {
    name: 'kind-nodeport',
    description: 'kind: pinned node ports, mapped to the laptop',
    build: (app) => shop(app, 'kind-nodeport', kind(), () => ({
      'blue-service': Exposure.nodePort({ nodePort: 30000 }),
      'python-nodeport-service': Exposure.nodePort({ nodePort: 30080 }),
      'nginx-service': Exposure.nodePort({ nodePort: 30001 }),
      orders: Exposure.nodePort({ nodePort: 30002 }),
      whoami: Exposure.nodePort({ nodePort: 30003 }),
    })),
  },
  {
    name: 'kind-ingress',
    description: 'kind: Traefik in front of ClusterIP services, on localhost:8080 and :8443',
    build: (app) => shop(app, 'kind-ingress', kind(), (namespace) => {
      const entry = Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } });
      return behind(namespace, traefik(namespace, entry), 'shop.localhost');
    }),
  },
  {
    name: 'gke-loadbalancer',
    description: 'GKE: a load balancer for each service',
    build: (app) => shop(app, 'gke-loadbalancer', gke(), () => ({
      ...everywhere(() => GkeLoadBalancer.external()),
      orders: GkeLoadBalancer.internal({ globalAccess: true }),
      whoami: GkeLoadBalancer.external({ externalTrafficPolicy: 'Local', weightedByPods: true }),
    })),
  },
  {
    name: 'gke-ingress-traefik',
    description: 'GKE: one load balancer, Traefik, ClusterIP services',
    build: (app) => shop(app, 'gke-ingress-traefik', gke(), (namespace) => behind(namespace, traefik(namespace, GkeLoadBalancer.external({ addressNames: ['shop'] })), 'shop.example.com')),
  },
  {
    name: 'gke-ingress',
    description: "GKE: GKE's own application load balancer, ClusterIP services",
    build: (app) => shop(app, 'gke-ingress', gke(), (namespace) => behind(namespace, gkeIngress({ staticAddressName: 'shop', managedCertificate: true }), 'shop.example.com')),
  },
];

type Exposures = Readonly<Record<ShopService, Exposure>>;

function shop(app: App, name: string, platform: Platform, exposures: (namespace: AppNamespace) => Exposures): Environment {
  const environment = new Environment(app, name, { platform });
  const namespace = new AppNamespace(environment, 'shop');
  new Shop(namespace, 'Shop', { exposures: exposures(namespace) });
  return environment;
}

function traefik(namespace: AppNamespace, exposure: Exposure): Traefik {
  const environment = Environment.around(namespace) ?? namespace;
  return new Traefik(environment, 'traefik', { exposure, watchNamespaces: [namespace.namespaceName] });
}

/** One site: paths where the service answers on any, hosts of their own for those that have paths themselves. */
function behind(namespace: AppNamespace, front: Front, host: string): Exposures {
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
