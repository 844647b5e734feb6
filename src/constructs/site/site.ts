import { Construct, type IConstruct } from 'constructs';
import { findPort } from '../../model/ports';
import type { CertificateOptions } from '../certificates/certificate';
import { Environment } from '../environment';
import type { Front } from './front';
import { GatewayWriter } from './gateway';
import { IngressWriter } from './ingress';
import type { CertificateIssuer } from '../certificates/issuer';
import { setLayer } from '../layers';
import { mark } from '../mark';
import type { Microservice } from '../services/microservice';
import { namespaceOf } from '../namespace';
import { refuseOutputs } from '../outputs';
import { validate } from '../problems';
import type { RedirectTo, RouteMatch, RouteOptions } from './route-options';
import { certifySite, siteCertificateComplaints } from './site-certificate';
import type { SiteMatch, SiteRedirect, SiteRoute } from './site-routes';
import { siteComplaints } from './site-rules';
import { keepWriters } from './written-rules';

/** A route and the site it is on. */
export interface IngressRoute extends RouteOptions {
  /** The site that the route is on. */
  readonly site: Site;
}

/** Options of a {@link Site}. */
export interface SiteProps {
  /**
   * Who serves it: a `Traefik`, `gkeIngress({...})` or `ingressNginx({...})`, or one of the Gateway API. Two, one an API, are both
   * live: that is how a site moves from one to the other.
   */
  readonly front: Front | readonly Front[];

  /** The host of routes that name none, e.g. `shop.localhost`. */
  readonly host: string;

  /**
   * The name of its Ingress or Gateway. Behind Traefik's Ingress there may be `<name>-exact` and `<name>-rest` beside it.
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
   * Let cert-manager get and renew a certificate for its hosts, in the Secret `<name>-tls`: an `Issuer`, a `ClusterIssuer`, or
   * `ClusterIssuer.named('…')` where it is made elsewhere.
   *
   * @default none
   */
  readonly issuer?: CertificateIssuer;

  /**
   * How that certificate is made and renewed.
   *
   * @default as {@link CertificateOptions} say
   */
  readonly certificate?: CertificateOptions;

  /**
   * More annotations of its Ingress or Gateway, for the controller.
   *
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Hosts and paths in front of services: one load balancer, one controller, many ClusterIP Services. */
export class Site extends Construct {
  /** The name of its Ingress or Gateway. */
  readonly siteName: string;
  /** The host of routes that name none. */
  readonly host: string;
  /** Who serves it. */
  readonly fronts: readonly Front[];
  /** Its certificate's Secret: the one that was given, or the one that cert-manager writes. */
  readonly tlsSecretName: string | undefined;
  /** Who makes its certificate; none where it was given a Secret, or has no certificate. */
  readonly issuer: CertificateIssuer | undefined;
  /** What was given as more annotations of its Ingress or Gateway. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The namespace that it is written with; none leaves it to `kubectl -n`. */
  readonly namespace: string | undefined;

  private readonly kept: { readonly routes: SiteRoute[]; readonly redirects: SiteRedirect[]; fallback: SiteRoute | undefined } = { routes: [], redirects: [], fallback: undefined };
  private readonly gateways: readonly GatewayWriter[];
  private readonly ingresses: readonly IngressWriter[];

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    refuseOutputs(this, props);
    mark(this, 'site');
    this.siteName = props.name ?? id;
    this.host = props.host;
    this.fronts = [props.front].flat();
    this.issuer = props.issuer;
    this.tlsSecretName = props.tlsSecretName ?? (props.issuer && `${this.siteName}-tls`);
    this.annotations = props.annotations ?? {};
    this.namespace = namespaceOf(this);
    setLayer(this, 'routes');
    sitesAround(this).push(this);
    validate(this, () => siteComplaints({
      site: this, ...this.kept, others: sitesAround(this).filter((site) => site !== this),
    }));
    validate(this, () => siteCertificateComplaints(this, props.certificate, props.tlsSecretName !== undefined));

    const written = firstOfEachApi(this.fronts);
    this.ingresses = written.flatMap((front) => (front.api === 'Ingress' ? [new IngressWriter(this, front)] : []));
    this.gateways = written.flatMap((front) => (front.api === 'Gateway' ? [new GatewayWriter(this, front)] : []));
    keepWriters(this, [...this.ingresses, ...this.gateways]);
    if (props.issuer) certifySite(this, props.issuer, props.certificate);
  }

  /** Sends a host and path to a service; admits the front through the service's NetworkPolicy. */
  route(service: Microservice, options: RouteOptions = {}): this {
    const route = this.connect(service, options);
    this.kept.routes.push(route);
    for (const writer of [...this.ingresses, ...this.gateways]) writer.send(route);
    return this;
  }

  /** Answers with a redirect. Behind a Gateway only. */
  redirect(to: RedirectTo, match: RouteMatch = {}): this {
    const redirect = { ...this.complete(match), to };
    this.kept.redirects.push(redirect);
    for (const gateway of this.gateways) gateway.redirect(redirect);
    return this;
  }

  /** Sends what no route matches to a service, instead of the controller's 404. */
  routeRest(service: Microservice, options: Pick<RouteOptions, 'port'> = {}): this {
    const route = this.connect(service, options);
    this.kept.fallback = route;
    for (const writer of [...this.ingresses, ...this.gateways]) writer.sendRest(route);
    return this;
  }

  /** Every host that a route or redirect names, once, in their order. */
  get hosts(): readonly string[] {
    return [...new Set([...this.kept.routes, ...this.kept.redirects].map(({ host }) => host))];
  }

  /** Whether it is called with https behind this front: it has a certificate, its own or the front's. */
  secureBehind(front: Front): boolean {
    return this.tlsSecretName !== undefined || front.issuesCertificates === true;
  }

  /** The Secrets that the certificate for its hosts is in: its own, or those of the Gateways that it shares. */
  get secrets(): readonly { readonly namespace: string | undefined; readonly name: string }[] {
    const { tlsSecretName, namespace } = this;
    if (tlsSecretName !== undefined) return [{ namespace, name: tlsSecretName }];
    return this.fronts.flatMap((front) => (front.api === 'Gateway' && front.tlsSecretName !== undefined ? [{ namespace: front.namespace, name: front.tlsSecretName }] : []));
  }

  /** Whether it takes what no host of its front does. */
  get takesRest(): boolean {
    return this.kept.fallback !== undefined;
  }

  /** The routes as they are called: for tables and tests. */
  get addresses(): readonly { readonly service: Microservice; readonly host: string; readonly path: string }[] {
    return this.kept.routes.map(({ service, host, path }) => ({ service, host, path }));
  }

  private connect(service: Microservice, options: RouteOptions): SiteRoute {
    const { port: wantedPort, ...asked } = options;
    const port = wantedPort === undefined ? service.ports[0] : findPort(service.ports, wantedPort);
    if (port) {
      for (const front of this.fronts) {
        service.admit({ peers: front.peers, ports: [{ protocol: port.protocol, port: port.containerPort }] });
        front.attach?.(this, service, port);
      }
    }
    return { ...asked, ...this.complete(asked), service, port, wantedPort };
  }

  private complete(match: RouteMatch): SiteMatch {
    return { ...match, host: match.host ?? this.host, path: match.path ?? '/', pathType: match.pathType ?? 'Prefix' };
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

/** Two of one API would write one object twice; the site complains of them. */
function firstOfEachApi(fronts: readonly Front[]): readonly Front[] {
  return fronts.filter(({ api }, index) => fronts.findIndex((front) => front.api === api) === index);
}
