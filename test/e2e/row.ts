import type { Trace } from '../../src/explain';
import { type Received, type Seen, seenIn, type Sent } from './cluster/client';
import { redirectedTo } from './topology/verdict';

/** What to ask, and who answers: a service, a status, or where a redirect leads. */
export interface Row {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly comes: string | number;
  /** The path and host that the service sees, where they are not those of the request. */
  readonly seen?: Partial<Seen>;
}

/** localhost and its names are this machine, whatever the resolver says. */
export function dialled({ url, method, headers }: Row): Sent {
  return { url, dial: `127.0.0.1:${new URL(url).port}`, ...(method !== undefined && { method }), ...(headers && { headers }) };
}

export function name({ url, method, headers }: Row): string {
  return [method, url, headers && JSON.stringify(headers)].filter((part) => part !== undefined).join(' ');
}

/** The service by its pod's name, where a redirect leads, or the status. */
export function outcome(received: Received | undefined): string | number {
  if (received?.status === 200) return seenIn(received, '').pod.replace(/-[^-]+-[^-]+$/, '');
  return received?.location ?? received?.status ?? received?.symptom ?? 'nothing';
}

export function foretold(trace: Trace): string | number {
  const { backends, status, symptom } = trace;
  const location = redirectedTo(trace);
  if (location !== undefined) return location;
  if (status !== undefined) return status;
  if (symptom?.startsWith('http-')) return Number(symptom.slice('http-'.length));
  return backends.map((backend) => backend.name).join(' ') || symptom || 'nothing';
}
