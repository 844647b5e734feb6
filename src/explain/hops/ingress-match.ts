import { compareRanks } from '../../model/ranks';
import { TRAEFIK_PRIORITY, TRAEFIK_REST_PRIORITY, traefikIngressPriority } from '../../model/traefik-priority';
import { flagOf } from '../world/controllers';
import type { Ingress, IngressPath } from '../world/ingresses';
import { expression, hostFit, prefixFits } from './http-match';
import { type FrontService, isTraefik } from './ingress-backend';

/** A path of an Ingress that takes the request, and how specifically. */
export interface IngressMatch {
  readonly ingress: Ingress;
  readonly host: string;
  readonly hostRank: number;
  readonly path: IngressPath;
  /** To be compared from the left, the highest first. */
  readonly rank: readonly number[];
  /** It is no path, but the default backend of an Ingress, which Traefik makes a rule of. */
  readonly isRest: boolean;
}

/** Every path that fits, the best first: the most specific host, the longest path, Exact before Prefix; or as Traefik has it. */
export function ingressMatches(ingresses: readonly Ingress[], host: string, requestPath: string, front: FrontService): IngressMatch[] {
  const found: IngressMatch[] = [];
  for (const ingress of ingresses) {
    for (const rule of ingress.rules) {
      const hostRank = hostFit(rule.host, host, 'one');
      if (hostRank === 0) continue;
      for (const path of rule.paths) {
        if (!pathFits(ingress, path, requestPath, front, isRegexHost(ingresses, rule.host))) continue;
        const rank = isTraefik(front) ? [traefikPriority(ingress, rule.host, path, front)] : [hostRank, trimmed(path), path.pathType === 'Exact' ? 1 : 0];
        found.push({ ingress, host: rule.host, hostRank, path, rank, isRest: false });
      }
    }
    const { rules, defaultBackend } = ingress;
    if (isTraefik(front) && rules.length === 0 && defaultBackend !== undefined) {
      found.push({ ingress, host: '', hostRank: 1, path: { path: '/', pathType: 'Prefix', backend: defaultBackend }, rank: [TRAEFIK_REST_PRIORITY], isRest: true });
    }
  }
  return found.sort((a, b) => compareRanks(b.rank, a.rank));
}

/** Whether it is up to the controller which of two takes the request. */
export function equallyGood(a: IngressMatch, b: IngressMatch, front: FrontService): boolean {
  if (isTraefik(front)) return compareRanks(a.rank, b.rank) === 0;
  return a.hostRank === b.hostRank && a.path.path === b.path.path && a.path.pathType === b.path.pathType;
}

export function sameBackend(a: IngressMatch, b: IngressMatch): boolean {
  return a.ingress.namespace === b.ingress.namespace && a.path.backend.service?.name === b.path.backend.service?.name && a.path.backend.service?.port === b.path.backend.service?.port;
}

export function matchText({ ingress, host, path, isRest }: IngressMatch): string {
  return isRest ? `Ingress ${ingress.name} (default backend)` : `Ingress ${ingress.name} ${host}${path.path} (${path.pathType})`;
}

/** Of the annotation, for all paths of its Ingress; else the length of the rule. */
function traefikPriority({ annotations }: Ingress, host: string, path: IngressPath, { running }: FrontService): number {
  const strict = running !== undefined && isStrict(running);
  const hostExpressions = running !== undefined && /:v?([12]\.|3\.[0-6](\D|$))/.test(running.container.image);
  return Number(annotations[TRAEFIK_PRIORITY] ?? 0) || traefikIngressPriority({ host, path: path.path, matcher: matcherOf(annotations, path), strict, hostExpressions });
}

function isStrict({ container }: NonNullable<FrontService['running']>): boolean {
  return flagOf(container, 'providers.kubernetesingress.strictprefixmatching') === 'true';
}

function matcherOf(annotations: Ingress['annotations'], { pathType }: IngressPath): 'Path' | 'PathPrefix' | 'PathRegexp' {
  if (pathType !== 'ImplementationSpecific') return pathType === 'Exact' ? 'Path' : 'PathPrefix';
  const asked = annotations['traefik.ingress.kubernetes.io/router.pathmatcher'];
  return asked === 'Path' || asked === 'PathRegexp' ? asked : 'PathPrefix';
}

function trimmed({ path }: IngressPath): number {
  return path.replace(/(?<=.)\/+\*?$/, '').length;
}

function pathFits(ingress: Ingress, entry: IngressPath, requestPath: string, front: FrontService, regex: boolean): boolean {
  const { path, pathType } = entry;
  if (isTraefik(front)) return traefikPathFits(path, matcherOf(ingress.annotations, entry), requestPath, front);
  if (pathType === 'Exact') return path === requestPath;
  if (front.controller?.id === 'ingress-nginx' && regex) return expression(`^${path}`, 'i')?.test(requestPath) ?? true;
  if (pathType === 'Prefix') return prefixFits(path, requestPath);
  if (path.endsWith('/*')) return prefixFits(path.slice(0, -1), requestPath);
  if (front.controller?.id === 'gce') return path === requestPath || path === '/' && requestPath === '/';
  if (/[()^$[\]|]|\.\*/.test(path)) return expression(`^${path.replace(/^\^/, '')}`)?.test(requestPath) ?? true;
  return prefixFits(path, requestPath);
}

/** A Traefik that is not told otherwise compares letters, so that /cart takes /carts too; of one that is not in the input that is not known. */
function traefikPathFits(path: string, matcher: 'Path' | 'PathPrefix' | 'PathRegexp', requestPath: string, { running }: FrontService): boolean {
  switch (matcher) {
    case 'Path': return path === requestPath;
    case 'PathRegexp': return expression(path)?.test(requestPath) ?? true;
    case 'PathPrefix': return running === undefined || isStrict(running) ? prefixFits(path, requestPath) : requestPath.startsWith(path);
  }
}

/** One annotation makes every path of its host a regular expression. */
function isRegexHost(ingresses: readonly Ingress[], host: string): boolean {
  return ingresses.some((ingress) => (ingress.annotations['nginx.ingress.kubernetes.io/use-regex'] === 'true' || ingress.annotations['nginx.ingress.kubernetes.io/rewrite-target'] !== undefined)
    && ingress.rules.some((rule) => rule.host === host));
}
