/** An account with an ACME server, and how it is shown that a name is one's own. */
export interface AcmeOptions {
  /**
   * Let's Encrypt, its staging environment (whose certificates nobody trusts, and whose limits are wide), or another server's
   * directory as an https URL.
   */
  readonly server: AcmeServer;

  /**
   * Where the server writes about the account. Let's Encrypt takes no address of example.com.
   *
   * @default none
   */
  readonly email?: string;

  /**
   * The Secret in which cert-manager keeps the account's key, which it makes.
   *
   * @default the issuer's name with `-account`
   */
  readonly accountSecretName?: string;

  /** How names are proved; for each name the most specific of those that can prove it takes its turn. At least one. */
  readonly solvers: readonly AcmeSolver[];
}

/** An ACME server by name, or by the URL of its directory. */
export type AcmeServer = 'letsencrypt' | 'letsencrypt-staging' | `https://${string}`;

/** One way of proof, and the names that it is for. */
export type AcmeSolver = SolverNames & ({ readonly http01: Http01Solver } | { readonly dns01: Dns01Solver });

/** The names that a solver is for. */
export interface SolverNames {
  /**
   * Exactly these names.
   *
   * @default every name
   */
  readonly dnsNames?: readonly string[];

  /**
   * These zones, with every name below them.
   *
   * @default every name
   */
  readonly dnsZones?: readonly string[];
}

/**
 * The server fetches a file from port 80 of the name, so DNS must point there already, from the internet. No wildcards.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export type Http01Solver =
  /** An Ingress of its own for the proof, of this class: the front's. */
  | { readonly ingressClassName: string }
  /** Added to an Ingress that is there, where each Ingress is a load balancer: on GKE. */
  | { readonly ingressName: string }
  /** An HTTPRoute at this Gateway, which has a listener on port 80. */
  | { readonly gateway: { readonly name: string; /** @default that of the certificate */ readonly namespace?: string } };

/**
 * cert-manager writes a TXT record. For wildcards, and for names that the internet does not reach.
 *
 * @see https://cert-manager.io/docs/configuration/acme/dns01/
 */
export type Dns01Solver =
  /** Without a key cert-manager's own identity is used: Workload Identity. */
  | { readonly cloudDns: { readonly project: string; readonly hostedZoneName?: string; readonly serviceAccountKey?: SecretKey } }
  | { readonly route53: { readonly region: string; readonly hostedZoneId?: string; readonly role?: string; readonly accessKeyId?: string; readonly secretAccessKey?: SecretKey } }
  | { readonly azureDns: { readonly subscriptionId: string; readonly resourceGroupName: string; readonly hostedZoneName: string; readonly managedIdentityClientId?: string } }
  | { readonly cloudflare: { readonly apiToken: SecretKey } }
  | { readonly rfc2136: { readonly nameserver: string; readonly tsigKeyName: string; readonly tsigAlgorithm: string; readonly tsigSecret: SecretKey } }
  | { readonly webhook: { readonly groupName: string; readonly solverName: string; readonly config?: Readonly<Record<string, unknown>> } };

/** A key of a Secret: in the Issuer's namespace, or for a ClusterIssuer in cert-manager's own. The value is never in manifests. */
export interface SecretKey {
  /** The Secret's name. */
  readonly secretName: string;
  /** The name of the entry in its data. */
  readonly key: string;
}

const LETS_ENCRYPT: Readonly<Record<string, string>> = {
  letsencrypt: 'https://acme-v02.api.letsencrypt.org/directory',
  'letsencrypt-staging': 'https://acme-staging-v02.api.letsencrypt.org/directory',
};

/** Whether it is Let's Encrypt, of which more is known than of others. */
export function isLetsEncrypt({ server }: Pick<AcmeOptions, 'server'>): boolean {
  return server in LETS_ENCRYPT || Object.values(LETS_ENCRYPT).includes(server);
}

/** `spec.acme` of an issuer. */
export function acmeSpec(issuerName: string, { server, email, accountSecretName, solvers }: AcmeOptions): Record<string, unknown> {
  return {
    server: LETS_ENCRYPT[server] ?? server,
    ...(email !== undefined && { email }),
    privateKeySecretRef: { name: accountSecretName ?? `${issuerName}-account` },
    solvers: solvers.map(({ dnsNames, dnsZones, ...solver }) => ({
      ...((dnsNames ?? dnsZones) && { selector: { ...(dnsNames && { dnsNames }), ...(dnsZones && { dnsZones }) } }),
      ...('http01' in solver ? { http01: http01Spec(solver.http01) } : { dns01: dns01Spec(solver.dns01) }),
    })),
  };
}

/** A ClusterIP is enough: controllers dial the pods. Only GKE's may want the NodePort that is cert-manager's default. */
function http01Spec(solver: Http01Solver): Record<string, unknown> {
  if ('ingressName' in solver) return { ingress: { name: solver.ingressName } };
  if ('ingressClassName' in solver) return { ingress: { ingressClassName: solver.ingressClassName, serviceType: 'ClusterIP' } };
  const { name, namespace } = solver.gateway;
  return { gatewayHTTPRoute: { parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name, ...(namespace !== undefined && { namespace }) }], serviceType: 'ClusterIP' } };
}

function dns01Spec(solver: Dns01Solver): Record<string, unknown> {
  if ('cloudDns' in solver) {
    const { project, hostedZoneName, serviceAccountKey } = solver.cloudDns;
    return { cloudDNS: { project, ...(hostedZoneName !== undefined && { hostedZoneName }), ...(serviceAccountKey && { serviceAccountSecretRef: refTo(serviceAccountKey) }) } };
  }
  if ('route53' in solver) {
    const { region, hostedZoneId, role, accessKeyId, secretAccessKey } = solver.route53;
    return {
      route53: {
        region, ...(hostedZoneId !== undefined && { hostedZoneID: hostedZoneId }), ...(role !== undefined && { role }),
        ...(accessKeyId !== undefined && { accessKeyID: accessKeyId }), ...(secretAccessKey && { secretAccessKeySecretRef: refTo(secretAccessKey) }),
      },
    };
  }
  if ('azureDns' in solver) {
    const { subscriptionId, resourceGroupName, hostedZoneName, managedIdentityClientId } = solver.azureDns;
    return {
      azureDNS: {
        subscriptionID: subscriptionId, resourceGroupName, hostedZoneName,
        ...(managedIdentityClientId !== undefined && { managedIdentity: { clientID: managedIdentityClientId } }),
      },
    };
  }
  if ('cloudflare' in solver) return { cloudflare: { apiTokenSecretRef: refTo(solver.cloudflare.apiToken) } };
  if ('rfc2136' in solver) {
    const { tsigSecret, ...rest } = solver.rfc2136;
    return { rfc2136: { ...rest, tsigSecretSecretRef: refTo(tsigSecret) } };
  }
  return { webhook: solver.webhook };
}

function refTo({ secretName, key }: SecretKey): Record<string, string> {
  return { name: secretName, key };
}

/**
 * The solver that cert-manager takes for a name, of those that can prove it: by the exact name, else by the longest zone, else one that is for
 * every name; of equals the first.
 *
 * @see https://cert-manager.io/docs/configuration/acme/#multiple-solver-types
 */
export function solverFor(solvers: readonly AcmeSolver[], host: string): AcmeSolver | undefined {
  const able = host.startsWith('*.') ? solvers.filter((solver) => 'dns01' in solver) : solvers;
  return able.filter((solver) => isFor(solver, host)).sort((a, b) => rank(b, host) - rank(a, host))[0];
}

/** Whether a solver is meant for a name, be it able to prove it or not. With names and zones it is for what is in both. */
export function isFor({ dnsNames = [], dnsZones = [] }: SolverNames, host: string): boolean {
  return (dnsNames.length === 0 || dnsNames.includes(host)) && (dnsZones.length === 0 || dnsZones.some((zone) => isWithin(host, zone)));
}

function rank({ dnsNames = [], dnsZones = [] }: SolverNames, host: string): number {
  const labels = dnsZones.filter((zone) => isWithin(host, zone)).map((zone) => zone.split('.').length);
  // A name of DNS has fewer labels than this.
  return (dnsNames.length > 0 ? 1000 : 0) + Math.max(0, ...labels);
}

function isWithin(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}
