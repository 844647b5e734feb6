import { Construct } from 'constructs';
import type { RouteFeature } from '../../model/http-route';
import type { FrontType } from '../../model/platform';
import { checkAnnotations, checkObjectName } from '../../model/names';
import type { NetworkPeer } from '../../model/network-peer';
import type { PortChain } from '../../model/ports';
import { type Complaint, complaint } from '../../model/problem';
import type { GatewayFront, GatewayPlace, RouteParents } from './front';
import { httpsWith, writeGateway } from './gateway';
import { setLayer } from '../layers';
import type { Microservice } from '../services/microservice';
import { namespaceOf } from '../namespace';
import { refuseOutputs } from '../outputs';
import { validate } from '../problems';
import { grantReference } from './reference-grant';
import type { Site } from './site';

/** Options of a {@link SharedGateway}. */
export interface SharedGatewayProps {
  /** Whose Gateway it is: `traefik.gateway` or `gkeGateway({...})`. */
  readonly front: GatewayFront;

  /**
   * The Gateway's name.
   *
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * A `kubernetes.io/tls` Secret in the Gateway's namespace, for every host of its sites that have none of their own.
   *
   * @default none
   */
  readonly tlsSecretName?: string;

  /**
   * More annotations of the Gateway, for its controller.
   *
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The API's limit for the listeners of a Gateway. */
const MOST_LISTENERS = 64;

/**
 * One Gateway for the sites of several namespaces: one load balancer for many teams. It is a front itself, takes routes from the
 * namespaces that have a site behind it and from no other, and ends https with its own certificate or the site's.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/multiple-ns/
 */
export class SharedGateway extends Construct implements GatewayFront {
  readonly api = 'Gateway';
  readonly type: FrontType;
  readonly id: string;
  readonly gatewayClassName: string;
  readonly listenerPorts: GatewayFront['listenerPorts'];
  readonly peers: readonly NetworkPeer[];
  readonly issuesCertificates: boolean;
  readonly needsSecretFirst: boolean;
  readonly globalAddress: string | undefined;
  readonly cannot: Readonly<Partial<Record<RouteFeature, string>>>;
  readonly appProtocols: readonly string[] | undefined;
  readonly looksLikeHttps: GatewayFront['looksLikeHttps'];
  /** The Gateway's name. */
  readonly gatewayName: string;
  /** The Gateway's namespace; none leaves it to `kubectl -n`. */
  readonly namespace: string | undefined;
  /** Its own certificate's Secret. */
  readonly tlsSecretName: string | undefined;

  private readonly front: GatewayFront;
  private readonly sites: Site[] = [];

  constructor(scope: Construct, id: string, private readonly props: SharedGatewayProps) {
    super(scope, id);
    refuseOutputs(this, props);
    const { front, tlsSecretName } = props;
    this.front = front;
    this.type = front.type;
    this.id = this.node.path;
    this.gatewayClassName = front.gatewayClassName;
    this.listenerPorts = front.listenerPorts;
    this.peers = front.peers;
    this.issuesCertificates = tlsSecretName !== undefined || front.issuesCertificates === true;
    this.needsSecretFirst = front.needsSecretFirst === true;
    this.globalAddress = front.globalAddress;
    this.cannot = front.cannot ?? {};
    this.appProtocols = front.appProtocols;
    this.looksLikeHttps = front.looksLikeHttps;
    this.gatewayName = props.name ?? id;
    this.namespace = namespaceOf(this);
    this.tlsSecretName = tlsSecretName;
    setLayer(this, 'routes');
    validate(this, () => this.ownComplaints());
    writeGateway(this.place, front, props.annotations ?? {}, (tls) => this.listeners(tls));
  }

  get entry(): Microservice | undefined {
    return this.front.entry;
  }

  get clientHttpsPort(): number | undefined {
    return this.front.clientHttpsPort;
  }

  attach(site: Site, service: Microservice, port: PortChain): void {
    this.front.attach?.(site, service, port);
  }

  complaints(site: Site, others: readonly Site[]): readonly Complaint[] {
    return this.front.complaints?.(site, others) ?? [];
  }

  join(site: Site): RouteParents {
    this.sites.push(site);
    const { gatewayName: gateway, namespace } = this;
    const { tlsSecretName } = site;
    if (tlsSecretName === undefined) return { gateway, namespace, http: 'http', https: () => 'https' };
    if (namespace !== undefined && site.namespace !== undefined && site.namespace !== namespace) {
      grantReference(this, { from: { kind: 'Gateway', namespace }, to: { kind: 'Secret', namespace: site.namespace, name: tlsSecretName } });
    }
    return { gateway, namespace, http: 'http', https: (host) => (host === undefined ? 'https' : listenerOf(host)) };
  }

  private get place(): GatewayPlace {
    return { scope: this, name: this.gatewayName, namespace: this.namespace };
  }

  private listeners(tls: object | undefined): readonly object[] {
    const { listenerPorts: { http, https }, namespace, tlsSecretName } = this;
    const own = this.sites.filter((site) => site.tlsSecretName !== undefined);
    return [
      { name: 'http', protocol: 'HTTP', port: http, allowedRoutes: routesOf(this.sites) },
      ...(this.issuesCertificates ? [{ name: 'https', protocol: 'HTTPS', port: https, allowedRoutes: routesOf(this.sites), ...httpsWith(tlsSecretName, tls) }] : []),
      ...own.flatMap((site) => site.hosts.map((host) => ({
        name: listenerOf(host), protocol: 'HTTPS', port: https, hostname: host, allowedRoutes: routesOf([site]),
        ...httpsWith(site.tlsSecretName, tls, site.namespace === namespace ? undefined : site.namespace),
      }))),
    ];
  }

  /** Every Secret that a listener names, once. */
  private secrets(): readonly string[] {
    return [...new Set([this, ...this.sites].flatMap(({ namespace, tlsSecretName }) => (tlsSecretName === undefined ? [] : [`${namespace ?? ''}/${tlsSecretName}`])))];
  }

  private ownComplaints(): Complaint[] {
    const { props, sites } = this;
    const listeners = this.listeners(undefined).length;
    const own = sites.filter((site) => site.tlsSecretName !== undefined).flatMap((site) => site.hosts);
    const covered = this.issuesCertificates ? sites.filter((site) => site.tlsSecretName === undefined).flatMap((site) => site.hosts).flatMap((host) => (
      own.filter((wildcard) => wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1))).map((wildcard) => ({ host, wildcard }))
    )) : [];
    const twice = own.find((host, index) => own.findIndex((other) => listenerOf(other) === listenerOf(host)) !== index);
    return [
      ...checkObjectName('name', this.gatewayName),
      ...checkAnnotations('annotations', props.annotations),
      ...(props.tlsSecretName === undefined ? [] : checkObjectName('tlsSecretName', props.tlsSecretName)),
      ...this.front.gatewayComplaints?.(this.place, this.secrets()) ?? [],
      ...(this.front.join ? [complaint('SHARED_GATEWAY', 'front', this.front.id, 'A shared Gateway is made by a controller, not by another shared Gateway.', 'Use traefik.gateway or gkeGateway({...}).')] : []),
      ...(sites.length > 0 ? [] : [complaint('SHARED_GATEWAY', 'front', undefined, 'A Gateway takes routes from the namespaces of its sites, and has none.', 'Give a Site this Gateway as its front.')]),
      ...(sites.every(({ namespace }) => namespace !== undefined) ? [] : [complaint(
        'SHARED_GATEWAY', 'front', undefined, 'A shared Gateway admits its sites by their namespaces, and one of them has none of its own.', 'Put each site into an AppNamespace, or a Chart with a namespace.',
      )]),
      ...(twice === undefined ? [] : [complaint(
        'SHARED_GATEWAY', 'listeners', twice, `A Gateway has each listener once, and two hosts come to ${listenerOf(twice)}.`, 'Give one of them another name, or a Gateway of its own.',
      )]),
      ...covered.map(({ host, wildcard }) => complaint(
        'SHARED_GATEWAY', 'listeners', host, `A Gateway gives https to its most specific listener alone: that of ${wildcard}, another site with a certificate of its own, takes ${host} too.`, `Give the site of ${host} a tlsSecretName of its own.`,
      )),
      ...(listeners <= MOST_LISTENERS ? [] : [complaint(
        'SHARED_GATEWAY', 'listeners', listeners, `A Gateway has at most ${MOST_LISTENERS} listeners; a site with a certificate of its own has one for each host.`, 'Give the Gateway a certificate for them, or make a second one.',
      )]),
    ];
  }
}

function listenerOf(host: string): string {
  return `https-${host.replace('*', 'any')}`;
}

/** Routes of these sites' namespaces and of no other; the label is the API server's own, which nobody can give another namespace. */
function routesOf(sites: readonly Site[]): object {
  const values = [...new Set(sites.map(({ namespace }) => namespace))].filter((name) => name !== undefined).sort();
  return { namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } } };
}
