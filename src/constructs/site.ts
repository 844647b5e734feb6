import { ApiObject, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { PathType } from '../model/http-route';
import { findPort, type PortChain } from '../model/ports';
import { Environment } from './environment';
import type { Front } from './front';
import { setLayer } from './layers';
import type { Microservice } from './microservice';
import { namespaceOf } from './namespace';
import { refuseOutputs } from './outputs';
import { validate } from './problems';
import { siteComplaints } from './site-rules';

/** Where a site sends what: used by `Exposure.ingress` and {@link Site.route}. */
export interface RouteOptions {
  /**
   * A DNS name, or `*.` and a DNS name for exactly one label more.
   *
   * @default the site's host
   */
  readonly host?: string;

  /**
   * Starts with `/`. A Prefix matches whole path elements: `/cart` matches `/cart/1` and not `/carts`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * @default 'Prefix'
   */
  readonly pathType?: PathType;

  /**
   * The Service's port, by name or number.
   *
   * @default its first port
   */
  readonly port?: string | number;
}

/** A route and the site it is on. */
export interface IngressRoute extends RouteOptions {
  readonly site: Site;
}

/** Options of a {@link Site}. */
export interface SiteProps {
  /** Who serves it: a `Traefik`, `gkeIngress({...})` or `ingressNginx({...})`. */
  readonly front: Front;

  /** The host of routes that name none, e.g. `shop.localhost`. */
  readonly host: string;

  /**
   * The Ingress's name.
   *
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * A `kubernetes.io/tls` Secret in the site's namespace, for all its hosts.
   *
   * @default none; on GKE a managed certificate may take its place
   */
  readonly tlsSecretName?: string;

  /**
   * More annotations of the Ingress, for its controller.
   *
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A route as the site keeps it: `port` is the Service port that was meant, if there is one. */
export interface SiteRoute {
  readonly host: string;
  readonly path: string;
  readonly pathType: PathType;
  readonly service: Microservice;
  readonly port: PortChain | undefined;
  readonly wantedPort: string | number | undefined;
}

/**
 * Hosts and paths in front of services: one load balancer, one controller, many ClusterIP Services.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export class Site extends Construct {
  readonly siteName: string;
  readonly front: Front;
  readonly tlsSecretName: string | undefined;
  readonly namespace: string | undefined;

  private readonly routes: SiteRoute[] = [];
  private fallback: SiteRoute | undefined;

  constructor(scope: Construct, id: string, private readonly props: SiteProps) {
    super(scope, id);
    refuseOutputs(this, props);
    this.siteName = props.name ?? id;
    this.front = props.front;
    this.tlsSecretName = props.tlsSecretName;
    this.namespace = namespaceOf(this);
    setLayer(this, 'routes');
    sitesAround(this).push(this);
    validate(this, () => siteComplaints({
      site: this, routes: this.routes, fallback: this.fallback, annotations: props.annotations, others: sitesAround(this).filter((site) => site !== this),
    }));

    new ApiObject(this, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: this.siteName,
        ...(this.namespace !== undefined && { namespace: this.namespace }),
        annotations: { ...props.front.furnish?.(this), ...props.annotations },
      },
      spec: Lazy.any({ produce: () => this.spec() }),
    });
  }

  /** Sends a host and path to a service; admits the front through the service's NetworkPolicy. */
  route(service: Microservice, options: RouteOptions = {}): this {
    this.routes.push(this.connect(service, options));
    return this;
  }

  /** Sends what no route matches to a service, instead of the controller's 404. */
  routeRest(service: Microservice, options: Pick<RouteOptions, 'port'> = {}): this {
    this.fallback = this.connect(service, options);
    return this;
  }

  /** Every host that a route names, once, in the order of the routes. */
  get hosts(): readonly string[] {
    return [...new Set(this.routes.map((route) => route.host))];
  }

  /** Whether it is called with https: it has a certificate, its own or its front's. */
  get secure(): boolean {
    return this.tlsSecretName !== undefined || this.front.issuesCertificates === true;
  }

  /** The routes as they are called: for tables and tests. */
  get addresses(): readonly { readonly service: Microservice; readonly host: string; readonly path: string }[] {
    return this.routes.map(({ service, host, path }) => ({ service, host, path }));
  }

  private connect(service: Microservice, options: RouteOptions): SiteRoute {
    const port = options.port === undefined ? service.ports[0] : findPort(service.ports, options.port);
    if (port) {
      service.admit({ peers: this.front.peers, ports: [{ protocol: port.protocol, port: port.containerPort }] });
      this.front.attach?.(this, service, port);
    }
    return {
      host: options.host ?? this.props.host, path: options.path ?? '/', pathType: options.pathType ?? 'Prefix', service, port, wantedPort: options.port,
    };
  }

  private spec(): Record<string, unknown> {
    const { ingressClassName } = this.front;
    const rules = this.hosts.map((host) => ({
      host,
      http: {
        paths: this.routes.filter((route) => route.host === host).map(({ path, pathType, ...route }) => ({ path, pathType, backend: backendOf(route) })),
      },
    }));
    return {
      ...(ingressClassName !== undefined && { ingressClassName }),
      ...(this.fallback && { defaultBackend: backendOf(this.fallback) }),
      ...(rules.length > 0 && { rules }),
      ...(this.tlsSecretName !== undefined && { tls: [{ hosts: this.hosts, secretName: this.tlsSecretName }] }),
    };
  }
}

const sitesByBoundary = new WeakMap<IConstruct, Site[]>();

/** Every site of the environment around this one. */
function sitesAround(site: Site): Site[] {
  const boundary = Environment.boundaryOf(site);
  const sites = sitesByBoundary.get(boundary) ?? [];
  sitesByBoundary.set(boundary, sites);
  return sites;
}

function backendOf({ service, port }: Pick<SiteRoute, 'service' | 'port'>): Record<string, unknown> {
  return { service: { name: service.serviceName, port: { name: port?.name } } };
}
