import type { Ingress, IngressBackend, IngressPath } from '../world/ingresses';
import { redirectOf } from './redirect';
import { expression, hostFit, prefixFits } from './http-match';
import { forHost } from './ingress-hosts';
import { type FrontService, toIngressBackend } from './ingress-backend';
import type { Journey } from './journey';
import { type HopView, type Leg, answered, broken, doubted, passed } from './leg';
import { checkCertificate } from './certificate';

interface Match {
  readonly ingress: Ingress;
  readonly host: string;
  readonly hostRank: number;
  readonly path: IngressPath;
}

/** Routes a request by the Ingresses that one controller serves together. */
export function toIngresses(journey: Journey, ingresses: readonly Ingress[], front: FrontService): Leg {
  const { request } = journey;
  const host = request.hostHeader;
  const nginx = front.controller?.id === 'ingress-nginx';
  const plain = forHost(ingresses, host).filter(isNoCanary);
  const all = matchesOf(plain, host, request.path, front);
  // A rule without a host is for every host; to ingress-nginx and Google's load balancer a more specific host shuts it out.
  const strictHosts = nginx || front.controller?.id === 'gce';
  const bestHost = Math.max(0, ...plain.flatMap((ingress) => ingress.rules.map((rule) => hostFit(rule.host, host, 'one'))));
  const candidates = strictHosts ? all.filter((match) => match.hostRank === bestHost) : all;
  const redirect = redirectOf(journey, candidates.length === 0 ? ingresses : plain, candidates[0]?.ingress, front);
  const { left, best, others, leg: backendLeg } = served(journey, candidates, front);
  if (best === undefined || backendLeg === undefined) return noMatch(journey, ingresses.filter(isNoCanary), front, redirect);
  journey.visit(best.ingress.manifest);
  const { ingress, path } = best;
  const view: HopView = {
    kind: 'ingress', at: ingress.manifest, path: path.backend.path, from: `${host}${request.path}`,
    text: `Ingress ${ingress.name}: host ${best.host === '' ? '(any)' : best.host}, path ${path.path} (${path.pathType}) takes the request.`,
    considered: [
      ...left.map((match) => ({ what: matchText(match), why: 'Traefik finds nobody behind it and leaves it out' })),
      ...others.map((match) => ({ what: matchText(match), why: 'less specific' })),
    ],
  };
  if (redirect !== undefined) return answered({ ...view, text: `${view.text} ${redirect.text}` }, [], redirect.status);
  checkCertificate(journey, ingress, front);
  if (path.pathType === 'ImplementationSpecific' && front.controller === undefined) journey.assume('The controller treats ImplementationSpecific paths as prefixes.');
  const leg = passed(view, backendLeg);
  const rival = others.find((match) => equallyGood(match, best) && !sameBackend(match, best));
  if (rival === undefined) return leg;
  journey.visit(rival.ingress.manifest);
  journey.report({
    id: 'ING005', at: rival.ingress.manifest, path: rival.path.backend.path,
    message: `Ingress ${rival.ingress.name} and Ingress ${ingress.name} both claim ${best.host}${path.path}; which one wins is the controller's choice.`,
  });
  return doubted({ ...view, text: `Two Ingresses claim ${best.host}${path.path}; the controller chooses.` }, 'depends', leg);
}

function isNoCanary({ annotations }: Ingress): boolean {
  return annotations['nginx.ingress.kubernetes.io/canary'] !== 'true';
}

interface Served {
  readonly left: readonly Match[];
  readonly best?: Match;
  readonly others: readonly Match[];
  readonly leg?: Leg;
}

/** Traefik leaves out a rule that it finds nobody behind, and the next that matches takes the request; others answer it with an error. */
function served(journey: Journey, candidates: readonly Match[], front: FrontService): Served {
  const legs = new Map<Match, Leg>();
  const follow = (match: Match): Leg => {
    const leg = toIngressBackend(journey, match.ingress, match.path.backend, front);
    legs.set(match, leg);
    return leg;
  };
  const isLeftOut = ({ outcome }: Leg): boolean => front.controller?.id === 'traefik' && outcome.verdict === 'broken' && outcome.symptom === 'http-404';
  const taken = Math.max(0, candidates.findIndex((match) => !isLeftOut(follow(match))));
  const best = candidates[taken];
  return { left: candidates.slice(0, taken), others: candidates.slice(taken + 1), ...(best && { best, leg: legs.get(best) }) };
}

function matchText({ ingress, host, path }: Match): string {
  return `Ingress ${ingress.name} ${host}${path.path} (${path.pathType})`;
}

function equallyGood(a: Match, b: Match): boolean {
  return a.hostRank === b.hostRank && a.path.path === b.path.path && a.path.pathType === b.path.pathType;
}

function sameBackend(a: Match, b: Match): boolean {
  return a.ingress.namespace === b.ingress.namespace && a.path.backend.service?.name === b.path.backend.service?.name && a.path.backend.service?.port === b.path.backend.service?.port;
}

/** Every path that fits, the best first: the most specific host, the longest path, Exact before Prefix. */
function matchesOf(ingresses: readonly Ingress[], host: string, requestPath: string, front: FrontService): Match[] {
  const found: Match[] = [];
  for (const ingress of ingresses) {
    for (const rule of ingress.rules) {
      const hostRank = hostFit(rule.host, host, 'one');
      if (hostRank === 0) continue;
      for (const path of rule.paths) {
        if (pathFits(path, requestPath, front, isRegexHost(ingresses, rule.host))) found.push({ ingress, host: rule.host, hostRank, path });
      }
    }
  }
  const exact = (match: Match): number => (match.path.pathType === 'Exact' ? 1 : 0);
  return found.sort((a, b) => b.hostRank - a.hostRank || trimmed(b) - trimmed(a) || exact(b) - exact(a));
}

function trimmed({ path }: Match): number {
  return path.path.replace(/(?<=.)\/+\*?$/, '').length;
}

function pathFits({ path, pathType }: IngressPath, requestPath: string, front: FrontService, regex: boolean): boolean {
  if (pathType === 'Exact') return path === requestPath;
  if (front.controller?.id === 'ingress-nginx' && regex) return expression(`^${path}`, 'i')?.test(requestPath) ?? true;
  if (pathType === 'Prefix') return prefixFits(path, requestPath);
  if (path.endsWith('/*')) return prefixFits(path.slice(0, -1), requestPath);
  if (front.controller?.id === 'gce') return path === requestPath || path === '/' && requestPath === '/';
  if (/[()^$[\]|]|\.\*/.test(path)) return expression(`^${path.replace(/^\^/, '')}`)?.test(requestPath) ?? true;
  return prefixFits(path, requestPath);
}

/** One annotation makes every path of its host a regular expression. */
function isRegexHost(ingresses: readonly Ingress[], host: string): boolean {
  return ingresses.some((ingress) => (ingress.annotations['nginx.ingress.kubernetes.io/use-regex'] === 'true' || ingress.annotations['nginx.ingress.kubernetes.io/rewrite-target'] !== undefined)
    && ingress.rules.some((rule) => rule.host === host));
}

function noMatch(journey: Journey, ingresses: readonly Ingress[], front: FrontService, redirect: { readonly status: number; readonly text: string } | undefined): Leg {
  const { request } = journey;
  const host = request.hostHeader;
  const ofHost = ingresses.filter((ingress) => ingress.rules.some((rule) => rule.host !== '' && hostFit(rule.host, host, 'one') > 0));
  const withDefault = [...ofHost, ...ingresses].find((ingress): ingress is Ingress & { defaultBackend: IngressBackend } => ingress.defaultBackend !== undefined);
  const subject = ofHost[0] ?? ingresses[0];
  const view: HopView = {
    kind: 'ingress', from: `${host}${request.path}`, text: '',
    ...(subject === undefined ? {} : { at: subject.manifest }),
    considered: ingresses.slice(0, 20).flatMap((ingress) => ingress.rules.flatMap((rule) => rule.paths.map((path) => ({
      what: `Ingress ${ingress.name} ${rule.host}${path.path} (${path.pathType})`, why: hostFit(rule.host, host, 'one') === 0 ? 'another host' : 'another path',
    })))),
  };
  if (redirect !== undefined) return answered({ ...view, text: redirect.text }, [], redirect.status);
  if (withDefault !== undefined) {
    journey.visit(withDefault.manifest);
    return passed({ ...view, at: withDefault.manifest, path: withDefault.defaultBackend.path, text: `No rule takes ${host}${request.path}; the default backend of Ingress ${withDefault.name} does.` },
      toIngressBackend(journey, withDefault, withDefault.defaultBackend, front));
  }
  if (subject !== undefined) {
    journey.visit(subject.manifest);
    journey.report({
      id: 'ING006', at: subject.manifest, path: ['spec', 'rules'],
      message: ofHost.length > 0 ? `No path of host ${host} takes ${request.path}.` : `No rule is for host ${host}; the rules are for ${[...new Set(ingresses.flatMap((ingress) => ingress.rules.map((rule) => rule.host || '(any)')))].slice(0, 5).join(', ') || 'none'}.`,
    });
  }
  return broken({ ...view, text: `No rule takes ${host}${request.path}, and there is no default backend: the controller answers 404.` }, 'http-404');
}
