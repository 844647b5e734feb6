import { ApiObject, Lazy } from 'cdk8s';
import { type Complaint, complaint } from '../../model/problem';
import type { IngressFront } from '../site/front';
import { DRAINING, GOOGLE_FRONT_ENDS, HEALTH_CHECK_TIMES, healthCheckComplaints, healthCheckOf } from './gke-health-check';
import { setLayer } from '../layers';
import { checkOutsidePeer } from '../services/network-policy';
import type { Site } from '../site/site';

/** Options of {@link gkeIngress}. */
export interface GkeIngressOptions {
  /**
   * Reached from the internet, or inside the VPC network only (which needs a proxy-only subnet).
   *
   * @default 'external'
   */
  readonly scope?: 'external' | 'internal';

  /**
   * The CIDR of the proxy-only subnet, from which an internal load balancer sends its requests; the services' policies let it in.
   *
   * @default none: internal requests are dropped by the services' policies
   */
  readonly proxySubnet?: string;

  /**
   * A reserved address by name: global for external, regional for internal.
   *
   * @default an address that lasts as long as the Ingress
   */
  readonly staticAddressName?: string;

  /**
   * Let Google issue and renew a certificate for the site's hosts. External only, and no wildcards; hosts must already point at the address.
   *
   * @default false
   */
  readonly managedCertificate?: boolean;

  /**
   * Answer http with a redirect to https. External only, and needs a certificate. An internal load balancer with a certificate is open for
   * https alone, unless the site has `annotations: { 'kubernetes.io/ingress.allow-http': 'true' }` and an address of purpose `SHARED_LOADBALANCER_VIP`.
   *
   * @default external: whether the site has a certificate
   */
  readonly redirectToHttps?: boolean;

  /**
   * An SSL policy of the project, by name.
   *
   * @default Google's own
   */
  readonly sslPolicy?: string;
}

/**
 * GKE's own Ingress: an application load balancer for each site, which sends straight to the pods (NEGs).
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/ingress
 */
export function gkeIngress(options: GkeIngressOptions = {}): IngressFront {
  const external = options.scope !== 'internal';
  const redirects = (site: Site) => options.redirectToHttps ?? (external && site.secureBehind(front));
  // With both, an internal one wants an address of a purpose of its own, and gets no load balancer without (ingress-gce, l7.go edgeHop).
  const isHttpsOnly = (site: Site) => !external && site.secureBehind(front);
  const hasFrontendConfig = (site: Site) => redirects(site) || options.sslPolicy !== undefined;
  const peers = [...GOOGLE_FRONT_ENDS, ...(options.proxySubnet === undefined ? [] : [{ ipBlock: { cidr: options.proxySubnet } }])];

  const front: IngressFront = {
    api: 'Ingress',
    type: 'gke',
    id: `gke-${external ? 'external' : 'internal'}`,
    peers,
    globalAddress: external ? options.staticAddressName : undefined,
    issuesCertificates: options.managedCertificate === true,
    // Its http redirects to an https that is not there without the Secret; an internal one is not made at all.
    needsSecretFirst: true,
    httpsOnly: !external,

    furnish(site) {
      if (options.managedCertificate) {
        beside(site, 'ManagedCertificate', 'networking.gke.io/v1', { domains: Lazy.any({ produce: () => site.hosts }) });
      }
      if (hasFrontendConfig(site)) {
        beside(site, 'FrontendConfig', 'networking.gke.io/v1beta1', {
          ...(redirects(site) && { redirectToHttps: { enabled: true, responseCodeName: 'MOVED_PERMANENTLY_DEFAULT' } }),
          ...(options.sslPolicy !== undefined && { sslPolicy: options.sslPolicy }),
        });
      }
      const addressKind = external ? 'global' : 'regional';
      return {
        // The class must be this annotation: GKE ignores an Ingress that has ingressClassName alone.
        'kubernetes.io/ingress.class': external ? 'gce' : 'gce-internal',
        ...(options.staticAddressName !== undefined && { [`kubernetes.io/ingress.${addressKind}-static-ip-name`]: options.staticAddressName }),
        ...(isHttpsOnly(site) && { 'kubernetes.io/ingress.allow-http': 'false' }),
        ...(options.managedCertificate && { 'networking.gke.io/managed-certificates': site.siteName }),
        ...(hasFrontendConfig(site) && { 'networking.gke.io/v1beta1.FrontendConfig': site.siteName }),
      };
    },

    attach(_site, service, port) {
      if (service.node.tryFindChild('BackendConfig')) return;
      const { path: requestPath, port: checked, https } = healthCheckOf(service, port);
      if (checked !== port.containerPort) service.admit({ peers, ports: [{ protocol: 'TCP', port: checked }] });
      service.service.metadata.addAnnotation('cloud.google.com/neg', JSON.stringify({ ingress: true }));
      if (https && checked === port.containerPort) {
        service.service.metadata.addAnnotation('cloud.google.com/app-protocols', JSON.stringify({ [port.name]: 'HTTPS' }));
      }
      service.service.metadata.addAnnotation('cloud.google.com/backend-config', JSON.stringify({ default: service.serviceName }));
      new ApiObject(service, 'BackendConfig', {
        apiVersion: 'cloud.google.com/v1',
        kind: 'BackendConfig',
        metadata: { name: service.serviceName, ...(service.namespace !== undefined && { namespace: service.namespace }) },
        spec: { healthCheck: { type: https ? 'HTTPS' : 'HTTP', requestPath, port: checked, ...HEALTH_CHECK_TIMES }, connectionDraining: DRAINING },
      });
    },

    complaints: (site) => [
      ...subnetComplaints(options, external),
      ...(options.managedCertificate ? managedComplaints(site, external) : []),
      ...(options.redirectToHttps ? redirectComplaints(external, site.secureBehind(front)) : []),
      ...healthCheckComplaints(site),
    ],
  };
  return front;
}

function beside(site: Site, kind: string, apiVersion: string, spec: Record<string, unknown>): void {
  const object = new ApiObject(site, kind, {
    apiVersion, kind, metadata: { name: site.siteName, ...(site.namespace !== undefined && { namespace: site.namespace }) }, spec,
  });
  setLayer(object, 'routes');
}

function subnetComplaints({ proxySubnet }: GkeIngressOptions, external: boolean): Complaint[] {
  if (proxySubnet !== undefined) return checkOutsidePeer('front.proxySubnet', { cidr: proxySubnet });
  return external ? [] : [complaint(
    'GKE_PROXY_SUBNET', 'front.proxySubnet', undefined, "An internal load balancer sends from the proxy-only subnet, which the services' policies must let in.", "Give its range, e.g. proxySubnet: '10.129.0.0/23'.",
  )];
}

/** The CRD's own limits (GoogleCloudPlatform/gke-managed-certs, deploy/managedcertificates-crd.yaml). */
const MOST_DOMAINS = 100;
const LONGEST_DOMAIN = 63;

function managedComplaints({ hosts }: Site, external: boolean): Complaint[] {
  const refused = (value: unknown, rule: string, fix: string): Complaint => complaint('GKE_CERTIFICATE', 'front.managedCertificate', value, rule, fix);
  return [
    ...(external ? [] : [refused(true, 'An internal load balancer takes no ManagedCertificate.', 'Give the site a tlsSecretName.')]),
    ...(hosts.length > 0 ? [] : [refused(true, 'A ManagedCertificate is for the hosts of routes, and there are none.', 'Route a host to a service, or leave managedCertificate out.')]),
    ...hosts.filter((host) => host.startsWith('*.')).map((host) => refused(host, 'A ManagedCertificate has no wildcard hosts.', 'Name each host, or give the site a tlsSecretName.')),
    ...hosts.filter((host) => host.length > LONGEST_DOMAIN).map((host) => refused(
      host, `A ManagedCertificate is for hosts of at most ${LONGEST_DOMAIN} characters; this one has ${host.length}.`, 'Shorten it, or give the site a tlsSecretName.',
    )),
    ...(hosts.length <= MOST_DOMAINS ? [] : [refused(
      hosts.length, `A ManagedCertificate is for at most ${MOST_DOMAINS} hosts.`, 'Put some of them into a second Site, or give the site a tlsSecretName.',
    )]),
  ];
}

function redirectComplaints(external: boolean, secure: boolean): Complaint[] {
  if (!external) {
    return [complaint('GKE_REDIRECT', 'front.redirectToHttps', true, 'GKE makes no internal load balancer that redirects.', 'Leave it out: with a certificate an internal one is open for https alone.')];
  }
  return secure ? [] : [complaint('GKE_REDIRECT', 'front.redirectToHttps', true, 'A redirect to https leads nowhere without a certificate.', 'Set managedCertificate, or give the site a tlsSecretName.')];
}
