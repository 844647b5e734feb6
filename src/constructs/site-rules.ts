import { checkHost, checkPath } from '../model/http-route';
import { checkAnnotations, checkObjectName } from '../model/names';
import { type Complaint, complaint } from '../model/problem';
import { Environment } from './environment';
import type { Front } from './front';
import type { Site, SiteRoute, SiteRoutes } from './site';

interface SiteParts extends SiteRoutes {
  readonly site: Site;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** The other sites of the environment. */
  readonly others: readonly Site[];
}

/** What is wrong with a site: by itself, with its services, and with the sites beside it. */
export function siteComplaints({ site, routes, fallback, annotations, others }: SiteParts): Complaint[] {
  return [
    ...checkObjectName('name', site.siteName),
    ...checkAnnotations('annotations', annotations),
    ...(site.tlsSecretName === undefined ? [] : checkObjectName('tlsSecretName', site.tlsSecretName)),
    ...checkFronts(site),
    ...(routes.length > 0 || fallback ? [] : [complaint(
      'SITE_EMPTY', 'routes', undefined, 'A site needs a route or a default backend.', 'Give a service exposure: Exposure.ingress({ site, path: … }).',
    )]),
    ...[...routes, ...(fallback ? [fallback] : [])].flatMap((route) => checkRoute(site, route)),
    ...checkTwice(routes),
    ...site.hosts.flatMap((host) => [...checkHost(`host ${host}`, host), ...checkTaken(site, host, others)]),
  ];
}

function checkFronts(site: Site): Complaint[] {
  const { fronts } = site;
  const twice = fronts.find(({ api }, index) => fronts.findIndex((front) => front.api === api) !== index);
  return [
    ...(fronts.length > 0 ? [] : [complaint('FRONT_MISSING', 'front', undefined, 'A site is served by a front.', 'Give it one, e.g. a Traefik.')]),
    ...(twice ? [complaint(
      'FRONT_TWICE', 'front', twice.id, `A site has at most one front for each API, and two for ${twice.api}.`, 'Make a second Site for it.',
    )] : []),
    ...fronts.flatMap((front) => checkFront(site, front)),
  ];
}

function checkFront(site: Site, front: Front): Complaint[] {
  const platform = Environment.around(site)?.platform;
  return [
    ...(front.complaints?.(site) ?? []),
    ...(!platform || platform.fronts.includes(front.type) ? [] : [complaint(
      'FRONT_NOT_HERE', 'front', front.type, `There is no such front on ${platform.type}.`, `Use one of: ${platform.fronts.join(', ')}.`,
    )]),
  ];
}

function checkRoute(site: Site, { host, path, service, port, wantedPort }: SiteRoute): Complaint[] {
  const field = `route ${host}${path}`;
  const found = checkPath(field, path);
  if (service.namespace !== site.namespace && site.fronts.some(({ api }) => api === 'Ingress')) {
    found.push(complaint(
      'BACKEND_NAMESPACE', field, `${service.namespace ?? ''}/${service.serviceName}`, 'An Ingress reaches Services of its own namespace only.',
      `Put a Site into ${service.namespace ?? 'the namespace of the service'} too, or use a front of the Gateway API.`,
    ));
  }
  if (!port) {
    found.push(complaint(
      'BACKEND_PORT', field, wantedPort, `${service.serviceName} has no such Service port.`,
      `Use one of: ${service.ports.map((chain) => `${chain.name} (${chain.port})`).join(', ')}.`,
    ));
  } else if (port.protocol !== 'TCP') {
    found.push(complaint(
      'BACKEND_PROTOCOL', field, port.protocol, `HTTP goes over TCP; port ${port.name} of ${service.serviceName} is ${port.protocol}.`,
      'Name a TCP port, or expose this one with Exposure.loadBalancer().',
    ));
  }
  return found;
}

function checkTwice(routes: readonly SiteRoute[]): Complaint[] {
  const seen = new Set<string>();
  return routes.flatMap(({ host, path, pathType }) => {
    const key = `${pathType} ${host}${path}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [complaint(
      'ROUTE_TWICE', `route ${host}${path}`, pathType, 'A host has each path and path type once; which backend wins is up to the controller.', 'Change the path of one, or drop it.',
    )];
  });
}

function checkTaken(site: Site, host: string, others: readonly Site[]): Complaint[] {
  const other = others.find(({ fronts, hosts }) => hosts.includes(host) && fronts.some(({ id }) => site.fronts.some((front) => front.id === id)));
  return other ? [complaint(
    'HOST_TAKEN', `host ${host}`, host,
    `A host belongs to one site of a front; ${other.node.path} has it too, and controllers differ in how they merge them.`,
    'Move the routes into one site, or give one of them another host.',
  )] : [];
}
