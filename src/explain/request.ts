import { type Problem, ProblemError } from '../model/problem';

/** Where a request is sent from. `pod` with neither name: some pod that nothing is known of, in that namespace. */
export type Origin =
  | { readonly kind: 'laptop' | 'outside' }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string | null };

/** A request as it is typed: what is asked for, and from where. */
export interface Request {
  /** As it was typed. */
  readonly text: string;
  /** As it was typed; `http` when none was. */
  readonly scheme: 'http' | 'https' | 'tcp' | 'udp';
  /** The transport that the scheme stands for. */
  readonly protocol: 'TCP' | 'UDP';
  /** The name or address that is dialled; lower case, IPv6 without brackets. */
  readonly host: string;
  /** The port that is dialled, 1-65535. */
  readonly port: number;
  /** Was the port written, or is it the scheme's? */
  readonly portGiven: boolean;
  /** Path without the query; `/` when there is none. */
  readonly path: string;
  /** After the `?`; empty when there is none. */
  readonly query: string;
  /** In capitals. */
  readonly method: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The Host header: the URL's host, unless a header overrides it. Without a port. */
  readonly hostHeader: string;
  /** null: not stated; it follows from the host (see {@link Request.host}). */
  readonly from: Origin | null;
  /** The front that gets the request. */
  readonly via: { readonly kind: 'gateway' | 'service'; readonly namespace: string; readonly name: string } | null;
  /** `kubectl port-forward` of a Service, Pod or workload: the tunnel's target instead of a dialled host. */
  readonly portForward: { readonly kind: string; readonly namespace: string | null; readonly name: string } | null;
}

/** The flags beside a request. */
export interface RequestFlags {
  /** `outside`, `laptop`, `node:NAME` or `pod:NAMESPACE/NAME`. @default it follows from the host */
  readonly from?: string;
  /** `gateway/NAMESPACE/NAME` or `service/NAMESPACE/NAME`. @default whatever serves the host */
  readonly via?: string;
  /** The HTTP method. @default GET */
  readonly method?: string;
  /** `Name: value`, each. @default none */
  readonly headers?: readonly string[];
  /** The namespace of names without one. @default default */
  readonly namespace?: string;
}

const defaultPort = { http: 80, https: 443 } as const;

/**
 * Reads a request: `http://localhost:30001`, `blue-service.shop:80`, `https://shop.example.com/cart?x=1`, `tcp://db:5432`, `udp://dns:53`,
 * `port-forward service/web 8080:80`.
 * @throws ProblemError with everything that is wrong with it and its flags
 */
export function parseRequest(input: string, flags: RequestFlags = {}): Request {
  const problems: Problem[] = [];
  const wrong = (path: string, value: unknown, rule: string, fix: string): void => {
    problems.push({ code: 'REQUEST', severity: 'error', path, value, rule, fix });
  };
  const headers = parseHeaders(flags.headers ?? [], wrong);
  const from = flags.from === undefined ? null : parseOrigin(flags.from, flags.namespace ?? 'default', wrong);
  const via = flags.via === undefined ? null : parseVia(flags.via, flags.namespace ?? 'default', wrong);
  const method = (flags.method ?? 'GET').toUpperCase();
  if (!/^[A-Z][A-Z-]*$/.test(method)) wrong('--method', flags.method, 'A method is a word of letters.', 'Write for example POST.');
  const trimmed = input.trim();
  const target = parsePortForward(trimmed, flags.namespace, wrong) ?? parseTarget(trimmed, wrong);
  if (problems.length > 0 || target === null) throw new ProblemError(problems);
  const override = headers.get('host');
  return {
    ...target, text: trimmed, method, headers, from, via,
    hostHeader: (override === undefined ? target.host : splitHostPort(override)?.host ?? override).toLowerCase(),
  };
}

/**
 * The request as `ladder explain` takes it: as it was typed, and the flags that make it another one. A Gateway is found by the host too;
 * a load balancer's own name is no host.
 */
export function requestText({ text, method, headers, via }: Request): string {
  return [
    text,
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...[...headers].map(([name, value]) => `-H '${`${name}: ${value}`.replaceAll("'", String.raw`'\''`)}'`),
    ...(via?.kind === 'service' ? [`--via service/${via.namespace}/${via.name}`] : []),
  ].join(' ');
}

type Wrong = (path: string, value: unknown, rule: string, fix: string) => void;
type Target = Pick<Request, 'scheme' | 'protocol' | 'host' | 'port' | 'portGiven' | 'path' | 'query' | 'portForward'>;

function parseTarget(input: string, wrong: Wrong): Target | null {
  const [, givenScheme, rest] = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(.*)$/s.exec(input) ?? [undefined, undefined, input];
  const scheme = schemes[(givenScheme ?? 'http').toLowerCase()];
  if (scheme === undefined) {
    wrong('request', input, `${givenScheme}:// is no scheme that is followed.`, 'Use http, https, tcp or udp.');
    return null;
  }
  const [, authority = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(\?[^#]*)?/s.exec(rest ?? '') ?? [];
  const address = splitHostPort(authority.slice(authority.lastIndexOf('@') + 1));
  if (address === null || address.host === '' || !isHost(address.host)) {
    wrong('request', input, 'A request names a host.', 'Write for example http://blue-service.shop/path or 203.0.113.10:80.');
    return null;
  }
  const port = address.port ?? (scheme === 'http' || scheme === 'https' ? defaultPort[scheme] : undefined);
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65535) {
    wrong('request', input, port === undefined ? `${scheme}:// has no port of its own.` : 'A port is between 1 and 65535.', `Write for example ${scheme}://${address.host}:5432.`);
    return null;
  }
  return {
    scheme, protocol: scheme === 'udp' ? 'UDP' : 'TCP', host: address.host.toLowerCase(), port, portGiven: address.port !== undefined,
    path: path === '' ? '/' : path, query: query.slice(1), portForward: null,
  };
}

const schemes: Readonly<Record<string, Request['scheme']>> = {
  http: 'http', https: 'https', tcp: 'tcp', udp: 'udp', ws: 'http', wss: 'https', grpc: 'http', grpcs: 'https',
};

function splitHostPort(authority: string): { host: string; port?: number } | null {
  const bracketed = /^\[([0-9a-fA-F:.%]+)\](?::(\d+))?$/.exec(authority);
  const plain = /^([^:]*)(?::(\d+))?$/.exec(authority);
  const [, host, port] = bracketed ?? plain ?? [];
  if (host === undefined) return null;
  return port === undefined ? { host } : { host, port: Number(port) };
}

function isHost(host: string): boolean {
  return host.includes(':') || /^[A-Za-z0-9_*]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/.test(host);
}

/** `port-forward KIND/NAME [LOCAL:]REMOTE`, with or without `kubectl` and `-n NAMESPACE`. */
function parsePortForward(input: string, namespace: string | undefined, wrong: Wrong): Target | null {
  const words = input.split(/\s+/).filter((word) => word !== 'kubectl');
  if (words[0] !== 'port-forward') return null;
  const found = { namespace: namespace ?? null };
  const rest: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i] ?? '';
    const equals = /^(?:--namespace|-n)=(.+)$/.exec(word);
    if (equals !== null) found.namespace = equals[1] ?? null;
    else if (word === '-n' || word === '--namespace') found.namespace = words[++i] ?? null;
    else if (!word.startsWith('-')) rest.push(word);
  }
  const [target = '', ports = ''] = rest;
  const [, kind = 'pod', name = ''] = /^(?:([a-zA-Z.]+)\/)?([a-z0-9][a-z0-9.-]*)$/.exec(target) ?? [];
  const [, local, remote] = /^(?:(\d*):)?(\d+)$/.exec(ports) ?? [];
  if (name === '' || remote === undefined) {
    wrong('request', input, 'A port-forward names a target and a port.', 'Write for example `port-forward service/web 8080:80`.');
    return null;
  }
  const port = Number(remote);
  if (port < 1 || port > 65535 || Number(local ?? 0) > 65535) wrong('request', input, 'A port is between 1 and 65535.', 'Write for example 8080:80.');
  return {
    scheme: 'tcp', protocol: 'TCP', host: 'localhost', port, portGiven: true, path: '/', query: '',
    portForward: { kind: kindAliases[kind.toLowerCase()] ?? kind, namespace: found.namespace, name },
  };
}

const kindAliases: Readonly<Record<string, string>> = {
  svc: 'Service', service: 'Service', services: 'Service', po: 'Pod', pod: 'Pod', pods: 'Pod', deploy: 'Deployment', deployment: 'Deployment',
  deployments: 'Deployment', sts: 'StatefulSet', statefulset: 'StatefulSet', rs: 'ReplicaSet', replicaset: 'ReplicaSet', ds: 'DaemonSet',
  daemonset: 'DaemonSet', rc: 'ReplicationController', replicationcontroller: 'ReplicationController', job: 'Job',
};

function parseHeaders(lines: readonly string[], wrong: Wrong): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined || value === undefined) wrong('--header', line, 'A header is a name, a colon and a value.', "Write for example 'X-Version: 2'.");
    else headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

function parseOrigin(given: string, namespace: string, wrong: Wrong): Origin | null {
  if (given === 'outside' || given === 'laptop') return { kind: given };
  const [, kind, rest = ''] = /^(node|pod):(.+)$/.exec(given) ?? [];
  if (kind === 'node') return { kind, name: rest };
  const [, podNamespace = namespace, name] = /^(?:([a-z0-9-]+)\/)?([a-zA-Z0-9][a-zA-Z0-9.-]*|\*)$/.exec(rest) ?? [];
  if (kind === 'pod' && name !== undefined) return { kind, namespace: podNamespace, name: name === '*' ? null : name };
  wrong('--from', given, 'A request comes from outside, laptop, node:NAME or pod:NAMESPACE/NAME.', 'Write for example --from pod:shop/orders.');
  return null;
}

function parseVia(given: string, namespace: string, wrong: Wrong): Request['via'] {
  const [, kind, viaNamespace = namespace, name] = /^(gateway|service|svc|gtw)\/(?:([a-z0-9-]+)\/)?([a-zA-Z0-9][a-zA-Z0-9.-]*)$/i.exec(given) ?? [];
  if (kind !== undefined && name !== undefined) {
    return { kind: kind.toLowerCase().startsWith('g') ? 'gateway' : 'service', namespace: viaNamespace, name };
  }
  wrong('--via', given, 'A request comes in via gateway/NAMESPACE/NAME or service/NAMESPACE/NAME.', 'Write for example --via gateway/infra/shared.');
  return null;
}

/** How an origin is written in a trace. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'laptop': case 'outside': return origin.kind;
    case 'node': return `node:${origin.name}`;
    case 'pod': return `pod:${origin.namespace}/${origin.name ?? '*'}`;
    default: { const never: never = origin; return never; }
  }
}
