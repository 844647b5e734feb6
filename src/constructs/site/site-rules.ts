import { checkHost } from '../../model/http-route';
import { checkAnnotations, checkObjectName } from '../../model/names';
import type { PortChain } from '../../model/ports';
import { type Complaint, complaint, warning } from '../../model/problem';
import { Environment } from '../environment';
import { type Front, shareController } from './front';
import { addressComplaints } from './reserved-address';
import { loopComplaints } from './redirect-loop';
import { optionComplaints, sharedMatchComplaints } from './route-rules';
import type { Site } from './site';
import type { SiteRoute, SiteRoutes } from './site-routes';

interface SiteParts extends SiteRoutes {
  readonly site: Site;
  /** The other sites of the environment. */
  readonly others: readonly Site[];
}

/** What is wrong with a site: by itself, with its services, and with the sites beside it. */
export function siteComplaints({ site, routes, redirects, fallback, others }: SiteParts): Complaint[] {
  return [
    ...checkObjectName('name', site.siteName),
    ...checkAnnotations('annotations', site.annotations),
    ...(site.tlsSecretName === undefined ? [] : checkObjectName('tlsSecretName', site.tlsSecretName)),
    ...checkFronts(site, others),
    ...(fallback ? [...checkRest(site), ...checkRestTaken(site, others)] : []),
    ...(routes.length + redirects.length > 0 || fallback ? [] : [complaint(
      'SITE_EMPTY', 'routes', undefined, 'A site needs a route or a default backend.', 'Give a service exposure: Exposure.ingress({ site, path: … }).',
    )]),
    ...[...routes, ...(fallback ? [fallback] : [])].flatMap((route) => [...optionComplaints(site, route), ...checkBackend(site, route)]),
    ...redirects.flatMap((redirect) => optionComplaints(site, redirect)),
    ...sharedMatchComplaints(site, [...routes, ...redirects]),
    ...addressComplaints(site, others),
    ...loopComplaints(site, [...routes, ...redirects]),
    ...site.hosts.flatMap((host) => [...checkHost(`host ${host}`, host), ...checkTaken(site, host, others), ...checkGatewayHost(site, host)]),
  ];
}

function checkFronts(site: Site, others: readonly Site[]): Complaint[] {
  const { fronts } = site;
  const twice = fronts.find(({ api }, index) => fronts.findIndex((front) => front.api === api) !== index);
  return [
    ...(fronts.length > 0 ? [] : [complaint('FRONT_MISSING', 'front', undefined, 'A site is served by a front.', 'Give it one, e.g. a Traefik.')]),
    ...(twice ? [complaint(
      'FRONT_TWICE', 'front', twice.id, `A site has at most one front for each API, and two for ${twice.api}.`, 'Make a second Site for it.',
    )] : []),
    ...fronts.flatMap((front) => checkFront(site, front, others)),
  ];
}

function checkFront(site: Site, front: Front, others: readonly Site[]): Complaint[] {
  const environment = Environment.around(site);
  const platform = environment?.platform;
  const home = front.entry && Environment.around(front.entry);
  return [
    ...(!environment || !home || home === environment ? [] : [complaint(
      'FRONT_ELSEWHERE', 'front', front.id, `An environment is a cluster; this front runs in ${home.node.id}, and the site is in ${environment.node.id}.`, `Make a front in ${environment.node.id} too.`,
    )]),
    ...(front.complaints?.(site, others) ?? []),
    ...(front.api === 'Gateway' && !front.join ? front.gatewayComplaints?.({ scope: site, name: site.siteName, namespace: site.namespace }, site.tlsSecretName === undefined ? [] : [site.tlsSecretName]) ?? [] : []),
    ...(!platform || platform.fronts.includes(front.type) ? [] : [complaint(
      'FRONT_NOT_HERE', 'front', front.type, `There is no such front on ${platform.type}.`, `Use one of: ${platform.fronts.join(', ')}.`,
    )]),
  ];
}

/** With a certificate of its own a site has listeners for the hosts of its routes, and no other host comes to them. */
function checkRest({ fronts, tlsSecretName }: Site): Complaint[] {
  const shared = fronts.find((front) => front.api === 'Gateway' && front.join !== undefined);
  return shared === undefined || tlsSecretName === undefined ? [] : [complaint(
    'SHARED_GATEWAY', 'routeRest', tlsSecretName, `${shared.id} has listeners for the hosts of a site with a certificate of its own, and none for the rest.`, 'Give each host a route for /, or leave the certificate to the shared Gateway.',
  )];
}

/** What no host takes comes to one site. GKE's own fronts have an address each, and with it a rest each. */
function checkRestTaken(site: Site, others: readonly Site[]): Complaint[] {
  const isShared = (front: Front): boolean => front.type !== 'gke' || (front.api === 'Gateway' && front.gatewayName !== undefined);
  const other = others.find(({ fronts, takesRest }) => takesRest && fronts.some((front) => site.fronts.some((own) => shareController(own, front) && isShared(own))));
  return other ? [complaint(
    'REST_TAKEN', 'routeRest', undefined, `The rest of a controller goes to one site; it goes to ${other.node.path} too, and the controller would take one of the two.`, 'Keep one routeRest, or give one of the sites another front.',
  )] : [];
}

function checkBackend(site: Site, { host, path, service, port, wantedPort }: SiteRoute): Complaint[] {
  const field = `route ${host}${path}`;
  const found: Complaint[] = [];
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
  } else {
    found.push(...checkAppProtocol(site, field, service, port));
  }
  return found;
}

function checkAppProtocol({ fronts }: Site, field: string, { serviceName }: SiteRoute['service'], port: PortChain): Complaint[] {
  const { name, appProtocol } = port;
  if (appProtocol === undefined) {
    return fronts.some((front) => front.looksLikeHttps?.(port)) ? [complaint(
      'BACKEND_APP_PROTOCOL', field, port.port, `The front speaks https to a Service port 443 and to one whose name begins with https, and ${serviceName} does not say whether it does.`,
      "Write appProtocol: 'HTTPS' or 'HTTP' for the port.",
    )] : [];
  }
  const known = fronts.flatMap((front) => (front.appProtocols ? [front.appProtocols] : [])).find((protocols) => !protocols.includes(appProtocol.toLowerCase()));
  return known ? [complaint(
    'BACKEND_APP_PROTOCOL', field, appProtocol, `The front does not know this appProtocol of port ${name} of ${serviceName}: of a Gateway it answers 500, of an Ingress it speaks http.`,
    `Use one of: ${known.join(', ')}; gRPC is kubernetes.io/h2c.`,
  )] : [];
}

/** What a move from Ingress to Gateway changes: more hosts fit a wildcard. */
function checkGatewayHost(site: Site, host: string): Complaint[] {
  if (!site.fronts.some(({ api }) => api === 'Gateway')) return [];
  return [
    ...(`${site.siteName}-${host}`.length <= 240 ? [] : [complaint(
      'NAME_SUBDOMAIN', `host ${host}`, host, 'The HTTPRoute of a host is named for the site and the host, which has no room for so long a name.', 'Shorten the name of the site.',
    )]),
    ...(host.startsWith('*.') ? [warning(
      'WILDCARD_LABELS', `host ${host}`, host, `To an Ingress ${host} is one label more, to a Gateway one or more: a.b${host.slice(1)} is taken too.`, 'Name the hosts that are meant, where that matters.',
    )] : []),
  ];
}

function checkTaken(site: Site, host: string, others: readonly Site[]): Complaint[] {
  const other = others.find(({ fronts, hosts }) => hosts.includes(host) && fronts.some((front) => site.fronts.some((own) => shareController(own, front))));
  return other ? [complaint(
    'HOST_TAKEN', `host ${host}`, host,
    `A host belongs to one site of a controller; ${other.node.path} has it too, and controllers differ in how they merge them.`,
    'Move the routes into one site, or give one of them another host.',
  )] : [];
}
