import type { Ingress, IngressBackend } from '../world/ingresses';
import { redirectOf } from './redirect';
import { hostFit } from './http-match';
import { forHost } from './ingress-hosts';
import { type FrontService, isTraefik, toIngressBackend } from './ingress-backend';
import { equallyGood, type IngressMatch, ingressMatches, matchText, sameBackend } from './ingress-match';
import { type Journey, silently } from './journey';
import { type HopView, type Leg, answered, broken, doubted, passed } from './leg';
import { checkCertificate } from './certificate';
import { whyNot } from './why-not';

/** How Traefik ranks the rule of its Ingresses that takes a request; undefined where none does. */
export function traefikRankOf(journey: Journey, ingresses: readonly Ingress[], front: FrontService): readonly number[] | undefined {
  const { request: { hostHeader, path } } = journey;
  const { best, leg } = served(silently(journey), ingressMatches(forHost(ingresses, hostHeader), hostHeader, path, front), front);
  return leg === undefined || isLeftOut(leg, front) ? undefined : best?.rank;
}

/** Routes a request by the Ingresses that one controller serves together. */
export function toIngresses(journey: Journey, ingresses: readonly Ingress[], front: FrontService): Leg {
  const { request } = journey;
  const host = request.hostHeader;
  const nginx = front.controller?.id === 'ingress-nginx';
  const plain = forHost(ingresses, host).filter(isNoCanary);
  const all = ingressMatches(plain, host, request.path, front);
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
    text: best.isRest ? `No rule takes ${host}${request.path}; the default backend of Ingress ${ingress.name} does.`
      : `Ingress ${ingress.name}: host ${best.host === '' ? '(any)' : best.host}, path ${path.path} (${path.pathType}) takes the request.`,
    considered: [
      ...left.map((match) => ({ what: matchText(match), why: 'Traefik finds nobody behind it and leaves it out' })),
      ...others.map((match) => ({ what: matchText(match), why: whyNot(match, best, front) })),
    ],
  };
  if (redirect !== undefined) return answered({ ...view, text: `${view.text} ${redirect.text}` }, [], redirect.status);
  checkCertificate(journey, ingress, front);
  if (path.pathType === 'ImplementationSpecific' && front.controller === undefined) journey.assume('The controller treats ImplementationSpecific paths as prefixes.');
  const leg = passed(view, backendLeg);
  const rival = others.find((match) => equallyGood(match, best, front) && !sameBackend(match, best) && !isLeftOut(toIngressBackend(silently(journey), match.ingress, match.path.backend, front), front));
  if (rival === undefined) return leg;
  journey.visit(rival.ingress.manifest);
  const tie = tieText(rival, best, view.text, front);
  journey.report({ id: 'ING005', at: rival.ingress.manifest, path: rival.path.backend.path, message: tie.message });
  return doubted({ ...view, text: tie.text }, 'depends', leg);
}

function tieText(rival: IngressMatch, best: IngressMatch, taken: string, front: FrontService): { readonly text: string; readonly message: string } {
  if (isTraefik(front)) {
    const [priority] = best.rank;
    return {
      text: `${taken} Or ${matchText(rival)} does: both have priority ${priority} to Traefik.`,
      message: `${matchText(rival)} and ${matchText(best)} have the same priority to Traefik, ${priority}, and different backends: either may take a request.`,
    };
  }
  const { host, path: { path } } = best;
  return {
    text: `Two Ingresses claim ${host}${path}; the controller chooses.`,
    message: `Ingress ${rival.ingress.name} and Ingress ${best.ingress.name} both claim ${host}${path}; which one wins is the controller's choice.`,
  };
}

function isNoCanary({ annotations }: Ingress): boolean {
  return annotations['nginx.ingress.kubernetes.io/canary'] !== 'true';
}

interface Served {
  readonly left: readonly IngressMatch[];
  readonly best?: IngressMatch;
  readonly others: readonly IngressMatch[];
  readonly leg?: Leg;
}

/** Traefik leaves out a rule that it finds nobody behind, and the next that matches takes the request; others answer it with an error. */
function served(journey: Journey, candidates: readonly IngressMatch[], front: FrontService): Served {
  const legs = new Map<IngressMatch, Leg>();
  const follow = (match: IngressMatch): Leg => {
    const leg = toIngressBackend(journey, match.ingress, match.path.backend, front);
    legs.set(match, leg);
    return leg;
  };
  const taken = Math.max(0, candidates.findIndex((match) => !isLeftOut(follow(match), front)));
  const best = candidates[taken];
  return { left: candidates.slice(0, taken), others: candidates.slice(taken + 1), ...(best && { best, leg: legs.get(best) }) };
}

function isLeftOut({ outcome }: Leg, front: FrontService): boolean {
  return isTraefik(front) && outcome.verdict === 'broken' && outcome.symptom === 'http-404';
}

function noMatch(journey: Journey, ingresses: readonly Ingress[], front: FrontService, redirect: { readonly status: number; readonly text: string } | undefined): Leg {
  const { request } = journey;
  const host = request.hostHeader;
  const ofHost = ingresses.filter((ingress) => ingress.rules.some((rule) => rule.host !== '' && hostFit(rule.host, host, 'one') > 0));
  // Traefik reads the default backend of an Ingress without rules alone, and makes a rule of it.
  const withDefault = isTraefik(front) ? undefined : [...ofHost, ...ingresses].find((ingress): ingress is Ingress & { defaultBackend: IngressBackend } => ingress.defaultBackend !== undefined);
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
  const unread = isTraefik(front) ? ingresses.find(({ defaultBackend }) => defaultBackend !== undefined) : undefined;
  if (subject !== undefined) {
    journey.visit(subject.manifest);
    journey.report({
      id: 'ING006', at: subject.manifest, path: ['spec', 'rules'],
      message: ofHost.length > 0 ? `No path of host ${host} takes ${request.path}.` : `No rule is for host ${host}; the rules are for ${[...new Set(ingresses.flatMap((ingress) => ingress.rules.map((rule) => rule.host || '(any)')))].slice(0, 5).join(', ') || 'none'}.`,
    });
  }
  const nobody = unread === undefined ? 'there is no default backend' : `Traefik does not read the default backend of Ingress ${unread.name}, which has rules`;
  return broken({ ...view, text: `No rule takes ${host}${request.path}, and ${nobody}: the controller answers 404.` }, 'http-404');
}
