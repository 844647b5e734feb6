import type { Draft } from '../findings/draft';
import { frontsOf } from '../hops/front';
import { hostLike } from '../hops/http-match';
import type { FrontService } from '../hops/ingress-backend';
import { forHost } from '../hops/ingress-hosts';
import { type IngressMatch, equallyGood, ingressMatches, matchText, sameBackend } from '../hops/ingress-match';
import type { Ingress, IngressPath } from '../world/ingresses';
import type { World } from '../world/world';

/** What Ingresses say to the API and Traefik does not do. */
export function traefikIngressRules(world: World): Draft[] {
  return frontsOf({ world }).flatMap((front) => {
    if (front.kind !== 'ingress' || front.controller?.id !== 'traefik') return [];
    const service: FrontService = { controller: front.controller, running: front.running, tls: false, entryName: undefined, port: 80 };
    return front.ingresses.flatMap((ingress) => [...losingPaths(front.ingresses, ingress, service), ...unreadRest(ingress)]);
  });
}

/** ING007: a path whose requests come by another rule, because that is the longer one. */
function losingPaths(ingresses: readonly Ingress[], ingress: Ingress, service: FrontService): Draft[] {
  return ingress.rules.flatMap((rule) => rule.paths.flatMap((path): Draft[] => {
    const host = hostLike(rule.host);
    const taken = losesTo(ingresses, host, path, service);
    return taken === undefined ? [] : [{
      id: 'ING007', at: ingress.manifest, path: path.backend.path,
      message: `Traefik takes ${host}${path.path} by ${matchText(taken)}, and not by ${path.path} (${path.pathType}) of Ingress ${ingress.name}: it goes by the length of the whole rule.`,
    }];
  }));
}

function losesTo(ingresses: readonly Ingress[], host: string, path: IngressPath, service: FrontService): IngressMatch | undefined {
  if (path.pathType === 'ImplementationSpecific') return undefined;
  const fitting = forHost(ingresses, host);
  const [taken, ...others] = ingressMatches(fitting, host, path.path, service);
  const own = others.find((match) => match.path === path);
  if (taken === undefined || own === undefined || sameBackend(taken, own) || equallyGood(taken, own, service)) return undefined;
  const [wanted] = ingressMatches(fitting, host, path.path, { ...service, controller: undefined });
  return wanted?.path === path ? taken : undefined;
}

/** ING008: Traefik reads a default backend where there are no rules. */
function unreadRest({ manifest, name, rules, defaultBackend }: Ingress): Draft[] {
  return defaultBackend === undefined || rules.length === 0 ? [] : [{
    id: 'ING008', at: manifest, path: defaultBackend.path, message: `Ingress ${name} has rules and a default backend, which Traefik then does not read: what no rule takes is answered 404.`,
  }];
}
