import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { GATEWAY_GROUP, looksLikeHttps, TRAEFIK_APP_PROTOCOLS } from '../../model/gateway-api';
import type { NetworkPeer } from '../../model/network-peer';
import { laptopPort } from '../../model/ports';
import type { Complaint } from '../../model/problem';
import { Environment } from '../environment';
import type { GatewayFront, GatewayPlace } from '../site/front';
import type { Microservice } from '../services/microservice';
import { type AppNamespace, withoutNamespace } from '../namespace';
import type { Site } from '../site/site';
import { grantRules } from './traefik-grant';
import { orderComplaints } from './traefik-order';
import { checkRedirected } from './traefik-redirect';
import { GATEWAY_RULES } from './traefik-rbac';

/** What of a Traefik its Gateway front needs to know. */
export interface TraefikGatewayProps {
  /** The front's id, shared with the Traefik's Ingress front. */
  readonly id: string;
  readonly className: string;
  readonly home: AppNamespace;
  readonly entry: Microservice;
  readonly watchNamespaces: readonly string[] | undefined;
  /** Whether its entry point for plain requests sends all of them to https. */
  readonly redirectToHttps: boolean;
  /** What is wrong with a namespace for it. */
  readonly unwatched: (namespace: string | undefined) => readonly Complaint[];
}

/**
 * Traefik's Gateway API provider: its arguments, rights and GatewayClass. They are there only where a site uses it, because the
 * provider waits for the CRDs.
 *
 * @see https://doc.traefik.io/traefik/providers/kubernetes-gateway/
 */
export class TraefikGateway extends Construct implements GatewayFront {
  readonly api = 'Gateway';
  readonly type = 'traefik';
  readonly id: string;
  readonly gatewayClassName: string;
  readonly appProtocols = TRAEFIK_APP_PROTOCOLS;
  /** Its entry point's redirect comes before the proof's own route, and the https listener is not attached without the Secret. */
  readonly needsSecretFirst: boolean;
  readonly looksLikeHttps = looksLikeHttps;
  readonly cannot = { timeoutSeconds: 'Traefik has no timeout for a route of the Gateway API.' } as const;

  constructor(scope: Construct, id: string, private readonly props: TraefikGatewayProps) {
    super(scope, id);
    const { className, home, entry, watchNamespaces } = props;
    this.id = props.id;
    this.gatewayClassName = className;
    this.needsSecretFirst = props.redirectToHttps;
    const account = entry.serviceName;
    // Every Traefik of a cluster has the same controller name: the label tells whose class it is.
    const label = { 'app.kubernetes.io/instance': className };
    const provider = '--providers.kubernetesgateway';
    for (const argument of [
      `${provider}=true`,
      `${provider}.labelselector=app.kubernetes.io/instance=${className}`,
      `${provider}.statusaddress.service.name=${account}`,
      `${provider}.statusaddress.service.namespace=${home.namespaceName}`,
      ...(watchNamespaces ? [`${provider}.namespaces=${[...new Set([home.namespaceName, ...watchNamespaces])].join(',')}`] : []),
    ]) entry.deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/args/-', argument));
    grantRules(home, { name: `${account}-gateway`, account, rules: GATEWAY_RULES, watchNamespaces });

    withoutNamespace(new ApiObject(this, 'GatewayClass', {
      apiVersion: `${GATEWAY_GROUP}/v1`,
      kind: 'GatewayClass',
      metadata: { name: className, labels: label },
      spec: { controllerName: 'traefik.io/gateway-controller' },
    }));
  }

  get entry(): Microservice {
    return this.props.entry;
  }

  get peers(): readonly NetworkPeer[] {
    return this.entry.peers;
  }

  /** Traefik looks for the entry point that listens on a listener's port: the container's, not the Service's. */
  get listenerPorts(): { readonly http: number; readonly https: number } {
    const { entry } = this;
    const port = (name: string, otherwise: number): number => entry.ports.find((chain) => chain.name === name)?.containerPort ?? otherwise;
    return { http: port('web', 8000), https: port('websecure', 8443) };
  }

  get clientHttpsPort(): number | undefined {
    const { entry } = this;
    const chain = entry.ports.find(({ name }) => name === 'websecure');
    const port = chain && Environment.around(entry)?.platform.type === 'kind' ? laptopPort(chain) : undefined;
    return port === 443 ? undefined : port;
  }

  gatewayComplaints({ namespace }: GatewayPlace): readonly Complaint[] {
    return this.props.unwatched(namespace);
  }

  complaints(site: Site, others: readonly Site[]): readonly Complaint[] {
    const namespaces = new Set([site.namespace, ...site.addresses.map(({ service }) => service.namespace)]);
    return [
      ...[...namespaces].flatMap((namespace) => this.props.unwatched(namespace)),
      ...orderComplaints(this, site, others),
      // The certificate may be that of a Gateway that sites share.
      ...(this.props.redirectToHttps ? checkRedirected(this.id, site.fronts.some((front) => front.api === 'Gateway' && site.secureBehind(front))) : []),
    ];
  }
}
