import type { Ingress } from '../world/ingresses';
import { append } from '../world/labels';

interface Place {
  readonly ingress: Ingress;
  readonly order: number;
}

const indexes = new WeakMap<readonly Ingress[], ReadonlyMap<string, readonly Place[]>>();

/** The Ingresses with a rule or a certificate that may fit the host, and those without rules, in their order: a request need not look at all of a cluster's. */
export function forHost(ingresses: readonly Ingress[], host: string): readonly Ingress[] {
  let index = indexes.get(ingresses);
  if (index === undefined) indexes.set(ingresses, index = indexed(ingresses));
  const patterns = ['', '*', host];
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) patterns.push(`*${host.slice(dot)}`);
  const found = new Map(patterns.flatMap((pattern) => index.get(pattern) ?? []).map(({ ingress, order }) => [order, ingress]));
  return [...found].sort(([a], [b]) => a - b).map(([, ingress]) => ingress);
}

function indexed(ingresses: readonly Ingress[]): ReadonlyMap<string, readonly Place[]> {
  const index = new Map<string, Place[]>();
  ingresses.forEach((ingress, order) => {
    const hosts = ingress.rules.length === 0 ? [''] : ingress.rules.map((rule) => rule.host);
    for (const host of new Set([...hosts, ...ingress.tls.flatMap((entry) => entry.hosts)])) append(index, host, { ingress, order });
  });
  return index;
}
