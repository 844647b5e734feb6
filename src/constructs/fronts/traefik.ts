import { ApiObject, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { looksLikeHttps, TRAEFIK_APP_PROTOCOLS } from '../../model/gateway-api';
import { checkObjectName } from '../../model/names';
import type { NetworkPeer } from '../../model/network-peer';
import type { PortChain } from '../../model/ports';
import { type Complaint, complaint } from '../../model/problem';
import type { Replicas } from '../services/availability';
import type { Exposure } from '../services/exposure';
import type { GatewayFront, IngressFront } from '../site/front';
import { setLayer } from '../layers';
import { mark } from '../mark';
import { Microservice } from '../services/microservice';
import { AppNamespace, withoutNamespace } from '../namespace';
import { refuseOutputs } from '../outputs';
import { validate } from '../problems';
import type { Site } from '../site/site';
import { TraefikGateway } from './traefik-gateway';
import { grantRules } from './traefik-grant';
import { checkPriority, EXACT_PRIORITY, orderComplaints } from './traefik-order';
import { INGRESS_RULES } from './traefik-rbac';
import { checkRedirected, checkRedirectPort, dialledHttpsPort, redirectArguments } from './traefik-redirect';
import { TraefikSchemes } from './traefik-scheme';

/** Options of a {@link Traefik}. */
export interface TraefikProps {
  /**
   * How Traefik itself is reached: pinned node ports on kind, one load balancer on GKE. Its ports are `web` (80) and `websecure` (443).
   */
  readonly exposure: Exposure;

  /**
   * The namespace it is installed in, which this construct makes.
   *
   * @default 'traefik'
   */
  readonly namespace?: string;

  /**
   * The IngressClass's name.
   *
   * @default 'traefik'
   */
  readonly ingressClassName?: string;

  /**
   * The GatewayClass's name, where `gateway` is used.
   *
   * @default the IngressClass's
   */
  readonly gatewayClassName?: string;

  /**
   * Whether Ingresses without a class are its own too.
   *
   * @default false
   */
  readonly isDefaultClass?: boolean;

  /**
   * The namespaces whose Ingresses, Gateways, routes, Services and Secrets it reads.
   *
   * @default all of the cluster, Secrets included
   */
  readonly watchNamespaces?: readonly string[];

  /**
   * Answer every http request with a redirect to https, on the port that clients dial: 443, and on kind the laptop's. Every site
   * then needs a certificate.
   *
   * @default false
   */
  readonly redirectToHttps?: boolean;

  /**
   * The image with a pinned tag or digest.
   *
   * @default traefik:v3.7.13
   */
  readonly image?: string;

  /**
   * Pods, or a range of them for a HorizontalPodAutoscaler.
   *
   * @default 2
   */
  readonly replicas?: Replicas;
}

/**
 * Traefik as an ingress controller, and by its `gateway` as one of the Gateway API: hardened, with least privilege, and without Helm.
 *
 * @see https://doc.traefik.io/traefik/providers/kubernetes-ingress/
 */
export class Traefik extends Construct implements IngressFront {
  readonly api = 'Ingress';
  readonly type = 'traefik';
  /** An Ingress's rules are ranked by their length, and its default backend is read where it has none. */
  readonly apart = { exact: EXACT_PRIORITY, rest: {} } as const;
  readonly id: string;
  readonly ingressClassName: string;
  /** Traefik's own Deployment and Service: the one address in front of all. */
  readonly entry: Microservice;

  readonly appProtocols = TRAEFIK_APP_PROTOCOLS;
  readonly looksLikeHttps = looksLikeHttps;

  private readonly home: AppNamespace;
  private readonly schemes = new TraefikSchemes();
  private madeGateway: TraefikGateway | undefined;

  constructor(scope: Construct, id: string, private readonly props: TraefikProps) {
    super(scope, id);
    refuseOutputs(this, props);
    mark(this, 'traefik');
    this.id = this.node.path;
    this.ingressClassName = props.ingressClassName ?? 'traefik';
    setLayer(this, 'controllers');
    const httpsPort = dialledHttpsPort(this, props.exposure);
    validate(this, () => [...checkObjectName('ingressClassName', this.ingressClassName), ...(props.redirectToHttps ? checkRedirectPort(httpsPort) : [])]);

    const home = new AppNamespace(this, 'Home', { name: props.namespace ?? 'traefik' });
    this.home = home;
    const account = 'traefik';
    const namespace = home.namespaceName;
    new ApiObject(home, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace }, automountServiceAccountToken: false });
    grantRules(home, { name: account, account, rules: INGRESS_RULES, watchNamespaces: props.watchNamespaces });
    this.entry = new Microservice(home, 'Controller', {
      name: account,
      image: props.image ?? 'traefik:v3.7.13',
      args: [...argumentsOf(this.ingressClassName, `${namespace}/${account}`, props.watchNamespaces), ...(props.redirectToHttps ? redirectArguments(httpsPort) : [])],
      ports: [
        { name: 'web', containerPort: 8000, port: 80 },
        { name: 'websecure', containerPort: 8443, port: 443 },
      ],
      privatePorts: [{ name: 'ping', containerPort: 8080 }],
      exposure: props.exposure,
      replicas: props.replicas ?? 2,
      serviceAccountName: account,
      // It sends to any Service and asks the API server, whose address is the cluster's secret.
      unrestrictedEgress: true,
      tmpMebibytes: 16,
      drainSeconds: 10,
      terminationGracePeriodSeconds: 60,
      readiness: kplus.Probe.fromHttpGet('/ping', { port: 8080, periodSeconds: Duration.seconds(5), failureThreshold: 1, timeoutSeconds: Duration.seconds(2) }),
      liveness: kplus.Probe.fromTcpSocket({ port: 8080, failureThreshold: 3, periodSeconds: Duration.seconds(10) }),
      resources: {
        cpu: { request: kplus.Cpu.millis(50), limit: kplus.Cpu.millis(1000) },
        memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
      },
    });

    withoutNamespace(new ApiObject(this, 'IngressClass', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: this.ingressClassName,
        ...(props.isDefaultClass && { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }),
      },
      spec: { controller: 'traefik.io/ingress-controller' },
    }));
  }

  get peers(): readonly NetworkPeer[] {
    return this.entry.peers;
  }

  /** The same Traefik as a front of the Gateway API. Using it turns that on, and needs the CRDs in the cluster. */
  get gateway(): GatewayFront {
    this.madeGateway ??= new TraefikGateway(this, 'Gateway', {
      id: this.id, className: this.props.gatewayClassName ?? this.ingressClassName, home: this.home, entry: this.entry, watchNamespaces: this.props.watchNamespaces,
      redirectToHttps: this.props.redirectToHttps === true, unwatched: (namespace) => this.unwatched(namespace),
    });
    return this.madeGateway;
  }

  attach(site: Site, service: Microservice, port: PortChain): void {
    this.schemes.attach(site, service, port);
  }

  complaints(site: Site, others: readonly Site[]): readonly Complaint[] {
    return [...this.unwatched(site.namespace), ...this.schemes.complaints(site), ...checkPriority(site), ...orderComplaints(this, site, others), ...(this.props.redirectToHttps ? checkRedirected(this.id, site.secureBehind(this)) : [])];
  }

  private unwatched(namespace: string | undefined): readonly Complaint[] {
    const watched = this.props.watchNamespaces;
    if (!watched || namespace === undefined || namespace === this.entry.namespace || watched.includes(namespace)) return [];
    return [complaint(
      'FRONT_NOT_WATCHING', 'front', namespace, `${this.id} reads nothing of this namespace, only of ${watched.join(', ')}.`, `Add '${namespace}' to its watchNamespaces.`,
    )];
  }
}

function argumentsOf(ingressClass: string, publishedService: string, watchNamespaces: readonly string[] | undefined): string[] {
  return [
    '--global.checknewversion=false',
    '--global.sendanonymoususage=false',
    '--entrypoints.web.address=:8000/tcp',
    '--entrypoints.websecure.address=:8443/tcp',
    '--entrypoints.websecure.http.tls=true',
    '--entrypoints.traefik.address=:8080/tcp',
    '--ping=true',
    '--providers.kubernetesingress=true',
    `--providers.kubernetesingress.ingressclass=${ingressClass}`,
    `--providers.kubernetesingress.ingressendpoint.publishedservice=${publishedService}`,
    // Without it /cart would also match /carts, against the Ingress API.
    '--providers.kubernetesingress.strictprefixmatching=true',
    ...(watchNamespaces ? [`--providers.kubernetesingress.namespaces=${[...new Set([publishedService.split('/')[0], ...watchNamespaces])].join(',')}`] : []),
  ];
}
