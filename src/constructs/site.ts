import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { checkHost, checkPath, type PathType } from '../model/http-route';
import { checkAnnotations, checkObjectName } from '../model/names';
import { findPort, type PortChain } from '../model/ports';
import { type Complaint, complaint } from '../model/problem';
import { Environment } from './environment';
import type { Front } from './front';
import { setLayer } from './layers';
import type { Microservice } from './microservice';
import { namespaceOf } from './namespace';
import { refuseOutputs } from './outputs';
import { validate } from './problems';

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

interface Route {
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

  private readonly routes: Route[] = [];
  private fallback: Route | undefined;

  constructor(scope: Construct, id: string, private readonly props: SiteProps) {
    super(scope, id);
    refuseOutputs(this, props);
    this.siteName = props.name ?? id;
    this.front = props.front;
    this.tlsSecretName = props.tlsSecretName;
    this.namespace = namespaceOf(this);
    setLayer(this, 'routes');
    validate(this, () => this.complaints());

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

  private connect(service: Microservice, options: RouteOptions): Route {
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

  private complaints(): Complaint[] {
    const { platform } = Environment.around(this) ?? {};
    const found: Complaint[] = [
      ...checkObjectName('name', this.siteName),
      ...checkAnnotations('annotations', this.props.annotations),
      ...(this.tlsSecretName === undefined ? [] : checkObjectName('tlsSecretName', this.tlsSecretName)),
      ...(this.front.complaints?.(this) ?? []),
    ];
    if (this.routes.length === 0 && !this.fallback) {
      found.push({ code: 'SITE_EMPTY', severity: 'error', field: 'routes', rule: 'An Ingress needs a route or a default backend.', fix: 'Give a service exposure: Exposure.ingress({ site, path: … }).' });
    }
    if (platform && !platform.fronts.includes(this.front.type)) {
      found.push({
        code: 'FRONT_NOT_HERE', severity: 'error', field: 'front', value: this.front.type,
        rule: `There is no such front on ${platform.type}.`, fix: `Use one of: ${platform.fronts.join(', ')}.`,
      });
    }
    const seen = new Set<string>();
    for (const route of [...this.routes, ...(this.fallback ? [this.fallback] : [])]) {
      found.push(...this.complainOf(route));
      const key = `${route.host}${route.path} ${route.pathType}`;
      if (route !== this.fallback && seen.has(key)) {
        found.push({ code: 'ROUTE_TWICE', severity: 'error', field: `route ${route.host}${route.path}`, value: route.pathType, rule: 'A host has each path and path type once; which backend wins is up to the controller.', fix: 'Change the path of one, or drop it.' });
      }
      seen.add(key);
    }
    return [...found, ...this.hosts.flatMap((host) => this.complainOfHost(host))];
  }

  private complainOf({ host, path, service, port, wantedPort }: Route): Complaint[] {
    const field = `route ${host}${path}`;
    const found: Complaint[] = checkPath(field, path);
    if (service.namespace !== this.namespace) {
      found.push({
        code: 'BACKEND_NAMESPACE', severity: 'error', field, value: `${service.namespace ?? ''}/${service.serviceName}`,
        rule: "An Ingress reaches Services of its own namespace only.", fix: `Put a Site into ${service.namespace ?? 'the namespace of the service'} too, or use a Gateway with a ReferenceGrant.`,
      });
    }
    if (port && port.protocol !== 'TCP') {
      found.push(complaint(
        'BACKEND_PROTOCOL', field, port.protocol, `HTTP goes over TCP; port ${port.name} of ${service.serviceName} is ${port.protocol}.`,
        'Name a TCP port, or expose this one with Exposure.loadBalancer().',
      ));
    }
    if (!port) {
      found.push({
        code: 'BACKEND_PORT', severity: 'error', field, value: wantedPort,
        rule: `${service.serviceName} has no such Service port.`, fix: `Use one of: ${service.ports.map((chain) => `${chain.name} (${chain.port})`).join(', ')}.`,
      });
    }
    return found;
  }

  private complainOfHost(host: string): Complaint[] {
    const found = checkHost(`host ${host}`, host);
    const other = Environment.boundaryOf(this).node.findAll()
      .find((construct): construct is Site => construct instanceof Site && construct !== this && construct.front.id === this.front.id && construct.hosts.includes(host));
    if (!other) return found;
    return [...found, {
      code: 'HOST_TAKEN', severity: 'error', field: `host ${host}`, value: host,
      rule: `A host belongs to one site of a front; ${other.node.path} has it too, and controllers differ in how they merge them.`,
      fix: 'Move the routes into one site, or give one of them another host.',
    }];
  }
}

function backendOf({ service, port }: Pick<Route, 'service' | 'port'>): Record<string, unknown> {
  return { service: { name: service.serviceName, port: { name: port?.name } } };
}
