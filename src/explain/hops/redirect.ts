import { at, bool, fields, text } from '../../manifest/fields';
import { traefikEntryPoints } from '../world/controllers';
import type { Ingress } from '../world/ingresses';
import { frontendRedirect } from './gke-ingress';
import { hostFit } from './http-match';
import type { FrontService } from './ingress-backend';
import type { Journey } from './journey';

/** What a controller answers itself to a plain request that it wants under TLS. */
export interface Redirect {
  readonly status: number;
  readonly text: string;
}

export function redirectOf(journey: Journey, ingresses: readonly Ingress[], chosen: Ingress | undefined, front: FrontService): Redirect | undefined {
  switch (front.controller?.id) {
    case 'traefik': return traefik(journey, chosen, front);
    case 'ingress-nginx': return front.tls ? undefined : nginx(journey, ingresses, chosen);
    case 'gce': return front.tls ? undefined : gce(journey, chosen ?? ingresses[0]);
    default: return undefined;
  }
}

/** ingress-nginx sends plain requests for a host with a certificate to https with 308, unless told not to. */
function nginx(journey: Journey, ingresses: readonly Ingress[], chosen: Ingress | undefined): Redirect | undefined {
  if (chosen === undefined) return undefined;
  const setting = chosen.annotations['nginx.ingress.kubernetes.io/ssl-redirect'];
  const forced = chosen.annotations['nginx.ingress.kubernetes.io/force-ssl-redirect'] === 'true';
  const host = journey.request.hostHeader;
  const hasTls = ingresses.some((ingress) => ingress.tls.some(({ hosts }) => hosts.some((name) => hostFit(name, host, 'one') > 1)));
  if (!forced && (setting === 'false' || !hasTls)) return undefined;
  return { status: 308, text: 'ingress-nginx redirects plain requests for a host with TLS to https (308).' };
}

const gceCodes: Readonly<Record<string, number>> = {
  MOVED_PERMANENTLY_DEFAULT: 301, FOUND: 302, SEE_OTHER: 303, TEMPORARY_REDIRECT: 307, PERMANENT_REDIRECT: 308,
};

function gce({ world }: Journey, ingress: Ingress | undefined): Redirect | undefined {
  const found = ingress && frontendRedirect(world, ingress);
  if (found === undefined) return undefined;
  const status = gceCodes[text(found.redirect['responseCodeName']) ?? 'MOVED_PERMANENTLY_DEFAULT'] ?? 301;
  return { status, text: `FrontendConfig ${found.name} redirects plain requests to https (${status}).` };
}

/** Where Traefik sends the client: to the port that is given, or to the one that the entry point of that name listens on in its pod. */
function locationOf({ request }: Journey, { running }: FrontService, { to, scheme }: { readonly to: string; readonly scheme: string }): string {
  const [, given] = /^:(\d+)$/.exec(to) ?? [];
  const port = given === undefined ? running && traefikEntryPoints(running.container).find(({ name }) => name === to.toLowerCase())?.port : Number(given);
  const host = request.hostHeader;
  return `${scheme}://${host}${port === undefined || port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}${request.path}`;
}

/** Traefik: by its entry point's arguments, or by a Middleware that the Ingress names. */
function traefik(journey: Journey, chosen: Ingress | undefined, front: FrontService): Redirect | undefined {
  const { method } = journey.request;
  const code = (permanent: boolean): number => (method === 'GET' || method === 'HEAD' ? (permanent ? 301 : 302) : (permanent ? 308 : 307));
  const point = front.running === undefined ? undefined : traefikEntryPoints(front.running.container).find(({ name }) => name === front.entryName);
  if (!front.tls && point?.redirect !== undefined) return { status: code(point.redirect.permanent), text: `Traefik's entry point ${point.name} redirects to ${locationOf(journey, front, point.redirect)}.` };
  for (const reference of (chosen?.annotations['traefik.ingress.kubernetes.io/router.middlewares'] ?? '').split(',')) {
    const [, namespaced] = /^(.*)@kubernetescrd$/.exec(reference.trim()) ?? [];
    const middleware = namespaced === undefined ? undefined : [...journey.world.others.values()].find(({ object }) =>
      object.kind === 'Middleware' && `${object.metadata.namespace}-${object.metadata.name}` === namespaced);
    const scheme = fields(at(middleware?.object, 'spec', 'redirectScheme'));
    if (!front.tls && scheme['scheme'] === 'https') return { status: code(bool(scheme['permanent']) === true), text: `Middleware ${middleware?.object.metadata.name ?? ''} redirects plain requests to https.` };
  }
  return undefined;
}
