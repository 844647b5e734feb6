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
  /** Where its certificate is looked for; where nowhere yet, one named for the site is made. */
  readonly secrets: readonly { readonly namespace: string | undefined; readonly name: string }[];
  readonly hosts: readonly string[];
}

/** One certificate for each Secret that the sites of an environment are served with; several sites may share one. */
export function wantedBy(environment: string, sites: readonly CertifiedSite[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { siteName, namespace: home, secrets, hosts } of sites) {
    for (const { namespace = 'default', name } of secrets.length > 0 ? secrets : [{ namespace: home, name: `${siteName}-tls` }]) {
      const key = `${environment}.${namespace}.${name}`;
      wanted.set(key, { name: key, secret: { namespace, name }, hosts: [...new Set([...wanted.get(key)?.hosts ?? [], ...hosts])] });
    }
  }
  return [...wanted.values()];
}
