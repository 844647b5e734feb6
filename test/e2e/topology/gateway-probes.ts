import fc from 'fast-check';
import { laptop } from '../cluster/place';
import { domainOf } from './gateway-objects';
import { METHODS } from './gateways';
import type { Probe } from './probes';

const HOSTS = ['DOMAIN', 'DOMAIN', 'a.DOMAIN', 'a.DOMAIN', 'bee.DOMAIN', 'bee.DOMAIN', 'c.DOMAIN', 'a.bee.DOMAIN', 'c.bee.DOMAIN', 'd.c.bee.DOMAIN', 'a.a.DOMAIN', 'A.Domain', 'none.localhost', 'xDOMAIN'] as const;
/** Each with what nearly is it. */
const PATHS = ['/', '/a', '/a/', '/ab', '/A', '/a/b', '/a/b/', '/a/bc', '/a/b/c', '/a/b/c/d', '/b', '/b/', '/b/c', '/c'] as const;
const QUERIES = ['', '', '', '?q=1', '?q=2', '?q=', '?Q=1', '?q=1&q=2', '?r=a+b', '?q=1&r=a%20b'] as const;
const HEADERS = [{}, {}, {}, { 'X-One': '1' }, { 'X-One': '2' }, { 'X-One': '12' }, { 'x-two': 'yes' }, { 'x-one': '1', 'X-Two': 'yes' }, { 'x-two': 'Yes' }] as const;

/** Requests from outside to the names of a Gateway and to those next to them, through Traefik's node port. */
export function gatewayProbes(gateway: string, count: number, seed: number): readonly Probe[] {
  const request = fc.record({ host: fc.constantFrom(...HOSTS), path: fc.constantFrom(...PATHS), query: fc.constantFrom(...QUERIES), method: fc.constantFrom('GET', ...METHODS, 'PUT'), headers: fc.constantFrom<Readonly<Record<string, string>>[]>(...HEADERS) });
  return fc.sample(request, { numRuns: count, seed }).map(({ host, path, query, method, headers }) => ({
    from: laptop, flag: 'laptop',
    sent: { url: `http://${host.replace(/domain/i, (found) => (found === 'DOMAIN' ? domainOf(gateway) : domainOf(gateway).toUpperCase()))}:8080${path}${query}`, dial: '127.0.0.1:8080', method, headers, timeoutMs: 5000 },
  }));
}
