import type { Colors } from 'picocolors/types';
import type { Finding, ObjectRef, Severity, Symptom, Verdict } from '../trace';

/** What people read where the JSON has identifiers: one vocabulary for every format that is made for eyes. */

/** Completes "the client sees …". */
export const symptomWords: Readonly<Record<Symptom, string>> = {
  nxdomain: 'an unknown host name (NXDOMAIN)',
  refused: 'connection refused',
  timeout: 'a timeout: nothing answers',
  'http-404': 'HTTP 404 Not Found',
  'http-500': 'HTTP 500 Internal Server Error',
  'http-502': 'HTTP 502 Bad Gateway',
  'http-503': 'HTTP 503 Service Unavailable',
  reset: 'connection reset',
  pending: 'no address: it stays pending',
};

export const verdictMark: Readonly<Record<Verdict, string>> = { ok: '✓', broken: '✗', partial: '~', depends: '?', unknown: '?' };

export function paintVerdict(colors: Colors, verdict: Verdict, text: string): string {
  switch (verdict) {
    case 'ok': return colors.green(text);
    case 'broken': return colors.red(text);
    case 'partial': return colors.yellow(text);
    case 'depends':
    case 'unknown': return colors.cyan(text);
  }
}

export function paintSeverity(colors: Colors, severity: Severity, text: string): string {
  switch (severity) {
    case 'error': return colors.red(text);
    case 'warning': return colors.yellow(text);
    case 'note': return colors.cyan(text);
  }
}

/** `Service shop/blue`, as kubectl users say it. */
export function objectName(object: ObjectRef): string {
  const name = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  return `${object.kind} ${name}`;
}

/** `svc.yaml:12`, which terminals and editors open with a click. */
export function place(at: Pick<Finding, 'file'> & { readonly line?: number }): string {
  return at.line === undefined ? at.file : `${at.file}:${at.line}`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
