import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { GATEWAY_GROUP } from '../../model/gateway-api';
import { gkeCannot } from '../../model/gke-gateway';
import { type Complaint, complaint } from '../../model/problem';
import type { PortChain } from '../../model/ports';
import type { GatewayFront, GatewayPlace } from '../site/front';
import { certificateComplaints, certificateSources } from './gke-certificates';
import { DRAINING, GOOGLE_FRONT_ENDS, HEALTH_CHECK_TIMES, healthCheckComplaints, healthCheckOf } from './gke-health-check';
import { setLayer } from '../layers';
import type { Microservice } from '../services/microservice';
import { checkOutsidePeer } from '../services/network-policy';

/** The classes of one cluster. */
export type GkeGatewayClass = 'gke-l7-global-external-managed' | 'gke-l7-regional-external-managed' | 'gke-l7-rilb' | 'gke-l7-gxlb';

/** Options of {@link gkeGateway}. */
export interface GkeGatewayOptions {
  /**
   * Which load balancer: global or regional from the internet, regional inside the VPC network (`rilb`), or the classic global one (`gxlb`),
   * which can do less.
   *
   * @default 'gke-l7-global-external-managed'
   */
  readonly class?: GkeGatewayClass;

  /**
   * The CIDR of the proxy-only subnet, from which a regional load balancer sends its requests; the services' policies let it in. The
   * regional and the internal class need it.
   *
   * @default none
   */
  readonly proxySubnet?: string;

  /**
   * A reserved address by name: global for the global classes, regional for the others.
   *
   * @default an address that lasts as long as the Gateway
   */
  readonly staticAddressName?: string;

  /**
   * A certificate map of Certificate Manager, by name. Global classes only, and in place of every other certificate of the Gateway.
   *
   * @default none
   */
  readonly certificateMap?: string;

  /**
   * SSL certificates of the project, by name, at most 15: for the load balancer to end https with, in place of Secrets.
   *
   * @default none
   */
  readonly preSharedCertificates?: readonly string[];

  /**
   * An SSL policy of the project, by name.
   *
   * @default Google's own
   */
  readonly sslPolicy?: string;

  /**
   * Whether clients of other regions reach it. For `gke-l7-rilb` only.
   *
   * @default false
   */
  readonly globalAccess?: boolean;

  /**
   * Seconds that a service has for its answer, from 1.
   *
   * @default 30, Google's own
   */
  readonly backendTimeoutSeconds?: number;
}

/**
 * GKE's own Gateway: an application load balancer for each Gateway, which sends straight to the pods. The cluster brings the CRDs and
 * classes (`gatewayApiConfig` of a Standard cluster; Autopilot has them).
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/gatewayclass-capabilities
 */
export function gkeGateway(options: GkeGatewayOptions = {}): GatewayFront {
  const gatewayClassName = options.class ?? 'gke-l7-global-external-managed';
  const regional = gatewayClassName === 'gke-l7-regional-external-managed' || gatewayClassName === 'gke-l7-rilb';
  const peers = [...GOOGLE_FRONT_ENDS, ...(options.proxySubnet === undefined ? [] : [{ ipBlock: { cidr: options.proxySubnet } }])];
  return {
    api: 'Gateway',
    type: 'gke',
    id: gatewayClassName,
    gatewayClassName,
    listenerPorts: { http: 80, https: 443 },
    addressEach: true,
    globalAddress: regional ? undefined : options.staticAddressName,
    peers,
    issuesCertificates: certificateSources(options).length > 0,
    // It is not programmed, not even for http, while a listener's Secret is missing.
    needsSecretFirst: true,
    cannot: gkeCannot(gatewayClassName),

    furnish(gateway) {
      writeGatewayPolicy(gateway, options);
      return {
        ...(options.certificateMap !== undefined && { annotations: { 'networking.gke.io/certmap': options.certificateMap } }),
        ...(options.staticAddressName !== undefined && { addresses: [{ type: 'NamedAddress', value: options.staticAddressName }] }),
        ...(options.preSharedCertificates && {
          tls: { mode: 'Terminate', options: { 'networking.gke.io/pre-shared-certs': options.preSharedCertificates.join(',') } },
        }),
      };
    },

    attach(_site, service, port) {
      if (service.node.tryFindChild('HealthCheckPolicy')) return;
      const { port: checked } = healthCheckOf(service, port);
      if (checked !== port.containerPort) service.admit({ peers, ports: [{ protocol: 'TCP', port: checked }] });
      writeServicePolicies(service, port, options.backendTimeoutSeconds);
    },

    gatewayComplaints: (_place, secrets) => [...certificateComplaints(options, secrets, regional ? gatewayClassName : undefined), ...optionComplaints(options, gatewayClassName, regional)],
    complaints: healthCheckComplaints,
  };
}

/** What is of the load balancer, and not of a Gateway. */
function writeGatewayPolicy({ scope, name, namespace }: GatewayPlace, { sslPolicy, globalAccess }: GkeGatewayOptions): void {
  if (sslPolicy === undefined && !globalAccess) return;
  writePolicy(scope, 'GCPGatewayPolicy', { name, namespace }, {
    default: { ...(sslPolicy !== undefined && { sslPolicy }), ...(globalAccess && { allowGlobalAccess: true }) },
    targetRef: { group: GATEWAY_GROUP, kind: 'Gateway', name },
  });
}

/** What BackendConfig is to an Ingress. GKE takes one of each for a Service. */
function writeServicePolicies(service: Microservice, port: PortChain, timeoutSec: number | undefined): void {
  const { serviceName: name, namespace } = service;
  const targetRef = { group: '', kind: 'Service', name };
  const { path: requestPath, port: checked, https } = healthCheckOf(service, port);
  writePolicy(service, 'HealthCheckPolicy', { name, namespace }, {
    default: {
      ...HEALTH_CHECK_TIMES,
      config: { type: https ? 'HTTPS' : 'HTTP', [https ? 'httpsHealthCheck' : 'httpHealthCheck']: { portSpecification: 'USE_FIXED_PORT', port: checked, requestPath } },
    },
    targetRef,
  });
  writePolicy(service, 'GCPBackendPolicy', { name, namespace }, {
    default: { connectionDraining: DRAINING, ...(timeoutSec !== undefined && { timeoutSec }) },
    targetRef,
  });
  const speaksHttps = https && checked === port.containerPort && port.appProtocol === undefined;
  if (speaksHttps) service.service.addJsonPatch(JsonPatch.add(`/spec/ports/${service.ports.indexOf(port)}/appProtocol`, 'HTTPS'));
}

function writePolicy(scope: Construct, kind: string, { name, namespace }: Pick<GatewayPlace, 'name' | 'namespace'>, spec: object): void {
  const object = new ApiObject(scope, kind, {
    apiVersion: 'networking.gke.io/v1', kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, spec,
  });
  setLayer(object, 'routes');
}

function optionComplaints(options: GkeGatewayOptions, gatewayClassName: GkeGatewayClass, regional: boolean): Complaint[] {
  const { proxySubnet, globalAccess, backendTimeoutSeconds } = options;
  return [
    ...(proxySubnet === undefined ? [] : checkOutsidePeer('front.proxySubnet', { cidr: proxySubnet })),
    ...(!regional || proxySubnet !== undefined ? [] : [complaint(
      'GKE_PROXY_SUBNET', 'front.proxySubnet', undefined, `${gatewayClassName} sends from the proxy-only subnet of its region, which the services' policies must let in.`, "Give its range, e.g. proxySubnet: '10.129.0.0/23'.",
    )]),
    ...(globalAccess && gatewayClassName !== 'gke-l7-rilb' ? [complaint(
      'GKE_GLOBAL_ACCESS', 'front.globalAccess', true, 'Global access is for the internal class, gke-l7-rilb; the others are reached from everywhere.', 'Leave it out.',
    )] : []),
    ...(backendTimeoutSeconds === undefined || (Number.isInteger(backendTimeoutSeconds) && backendTimeoutSeconds >= 1) ? [] : [complaint(
      'GKE_TIMEOUT', 'front.backendTimeoutSeconds', backendTimeoutSeconds, 'A timeout is a whole number of seconds, from 1.', 'Write e.g. 60.',
    )]),
  ];
}
