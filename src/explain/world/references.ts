import type { EnvValue } from './containers';
import type { Pod } from './pods';
import type { Service } from './services';

/** An address that a container is given in env or args. */
export interface Reference {
  readonly pod: Pod;
  readonly value: EnvValue;
  /** As written, e.g. `http://svc-1:80`. */
  readonly text: string;
  readonly scheme: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  /** The Service it names, or would name if it were there. */
  readonly namespace: string;
  readonly name: string;
  /** Was it written in a form that means a Service (`name.namespace.svc`), or just a word and a port? */
  readonly explicit: boolean;
}

const url = /([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@:,;'"]*(?::[^\s/@,;'"]*)?@)?([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::(\d{1,5}))?(?=[/?#,;\s'"]|$)/gi;
const hostPort = /^([a-z](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*):(\d{1,5})(?:\/.*)?$/i;
const clusterName = /\b([a-z](?:[a-z0-9-]*[a-z0-9])?)\.([a-z0-9-]+)\.svc(?:\.[a-z][a-z0-9.-]*[a-z])?(?::(\d{1,5}))?/gi;

/** Every address in the env and args of a pod's containers that names something in the cluster. */
export function referencesOf(pod: Pod): Reference[] {
  const found: Reference[] = [];
  for (const container of pod.containers) {
    for (const value of container.env) found.push(...referencesIn(pod, value, value.value));
    for (const value of container.args) {
      // A script is no address: only flags and single words are.
      if (value.value.length < 300 && !/\n/.test(value.value)) found.push(...referencesIn(pod, value, value.value.replace(/^--?[A-Za-z0-9._-]+=/, '')));
    }
  }
  return found;
}

function referencesIn(pod: Pod, value: EnvValue, given: string): Reference[] {
  if (!/[a-z]/i.test(given) || given.includes('$(') || given.length > 2000) return [];
  const references: Reference[] = [];
  const seen = new Set<string>();
  const add = (text: string, scheme: string | undefined, host: string, port: string | undefined): void => {
    const parsed = parseHost(host.toLowerCase(), pod.namespace);
    if (parsed === undefined || seen.has(`${host}:${port}`)) return;
    seen.add(`${host}:${port}`);
    references.push({ pod, value, text, scheme: scheme?.toLowerCase(), host: host.toLowerCase(), port: port === undefined ? undefined : Number(port), ...parsed });
  };
  for (const [text, scheme, host, port] of given.matchAll(url)) if (host !== undefined) add(text, scheme, host, port);
  for (const part of given.split(',')) {
    const [text, host, port] = hostPort.exec(part.trim()) ?? [];
    if (text !== undefined && host !== undefined) add(text, undefined, host, port);
  }
  for (const [text, , , port] of given.matchAll(clusterName)) add(text, undefined, text.split(':')[0] ?? text, port);
  return references;
}

/** `name`, `name.namespace`, `name.namespace.svc[.cluster.local]`; a name with other dots is no Service's. */
function parseHost(host: string, namespace: string): Pick<Reference, 'name' | 'namespace' | 'explicit'> | undefined {
  const labels = host.split('.');
  const svc = labels.indexOf('svc');
  if (svc >= 2) return { name: labels[svc - 2] ?? '', namespace: labels[svc - 1] ?? '', explicit: true };
  if (svc >= 0) return undefined;
  if (labels.length === 1) return host === 'localhost' || /^\d+$/.test(host) ? undefined : { name: host, namespace, explicit: false };
  return labels.length === 2 && !/^\d+$/.test(labels[1] ?? '') ? { name: labels[0] ?? '', namespace: labels[1] ?? '', explicit: false } : undefined;
}

/** Is a pod told, in env or args, to call this Service? */
export function namesService(pod: Pod, service: Service): boolean {
  return referencesOf(pod).some((reference) => reference.name === service.name && reference.namespace === service.namespace)
    || pod.containers.some((container) => [...container.env, ...container.args].some(({ value }) => value === service.name || value === `${service.name}.${service.namespace}`));
}
