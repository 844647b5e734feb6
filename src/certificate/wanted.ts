/** A certificate that is wanted: for which hosts, and the Secret that it becomes. */
export interface Wanted {
  /** Names its folder: `kind-ingress.shop.shop-tls`. */
  readonly name: string;
  readonly hosts: readonly string[];
  /** None for hosts that were given by themselves. */
  readonly secret?: { readonly namespace: string; readonly name: string };
}

/** Hosts that were given by themselves, under the name of the first. */
export function wantedFor(hosts: readonly string[]): Wanted {
  return { name: (hosts[0] ?? '').replace(/^\*/, '_').replaceAll(':', '_'), hosts: [...new Set(hosts)] };
}

/** A site as far as its certificate goes. */
export interface CertifiedSite {
  readonly siteName: string;
  readonly namespace: string | undefined;
  readonly tlsSecretName: string | undefined;
  readonly hosts: readonly string[];
}

/** One certificate for each Secret that the sites of an environment name; several sites may share one. */
export function wantedBy(environment: string, sites: readonly CertifiedSite[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { siteName, namespace = 'default', tlsSecretName, hosts } of sites) {
    const secret = { namespace, name: tlsSecretName ?? `${siteName}-tls` };
    const name = `${environment}.${secret.namespace}.${secret.name}`;
    const before = wanted.get(name)?.hosts ?? [];
    wanted.set(name, { name, secret, hosts: [...new Set([...before, ...hosts])] });
  }
  return [...wanted.values()];
}
