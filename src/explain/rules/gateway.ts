import { at, text } from '../../manifest/fields';
import type { Draft } from '../findings/draft';
import { names } from '../hops/attach';
import { controllerOfGateway, runningFor } from '../hops/gateway-class';
import { refusedGateway } from '../hops/gke-gateway';
import { traefikEntryPoints } from '../world/controllers';
import type { Gateway, Route } from '../world/gateways';
import type { World } from '../world/world';
import { gkeRouteRules } from './gke-routes';

/** What a Gateway's own controller will make of it. */
export function gatewayRules(world: World, gateway: Gateway): Draft[] {
  if (controllerOfGateway(world, gateway)?.id !== 'gce') return entryPoints(world, gateway);
  const routes = world.routes.filter(({ parents }) => parents.some((parent) => names(parent, gateway)));
  const refused = refusedGateway(gateway);
  return [...(refused === undefined ? [] : [refused]), ...healthChecks(world, routes), ...gkeRouteRules(gateway, routes)];
}

/** GTW004: Traefik serves a listener by the entry point that has its port, which is the container's and not the Service's. */
function entryPoints(world: World, gateway: Gateway): Draft[] {
  const running = runningFor(world, gateway);
  if (running?.kind.id !== 'traefik') return [];
  const points = traefikEntryPoints(running.container);
  const web = points.filter(({ name }) => name !== 'traefik' && name !== 'metrics');
  if (web.length === 0) return [];
  return gateway.listeners.filter(({ port }) => !points.some((point) => point.port === port)).map((listener) => {
    const behind = [...world.services.values()].flatMap(({ ports, namespace }) => (namespace === running.pod.namespace ? ports : [])).find(({ port }) => port === listener.port);
    const meant = web.find(({ name, port }) => behind !== undefined && (behind.targetPort === port || behind.targetPort === name));
    return {
      id: 'GTW004', at: gateway.manifest, path: [...listener.path, 'port'],
      message: `Listener ${listener.name} of Gateway ${gateway.name} is for port ${listener.port}, and Traefik has no such entry point; it has ${web.map(({ name, port }) => `${name} (${port})`).join(', ')}.`,
      ...(meant === undefined ? {} : { fix: `Write port ${meant.port}: clients dial ${listener.port} at the Service all the same.` }),
    };
  });
}

/** GKE002: Google's health check of a Gateway's backend comes from a HealthCheckPolicy and from nowhere else. */
function healthChecks(world: World, routes: readonly Route[]): Draft[] {
  const checked = new Set([...world.others.values()].filter(({ object }) => object.kind === 'HealthCheckPolicy')
    .map(({ object }) => `${object.metadata.namespace ?? ''}/${text(at(object, 'spec', 'targetRef', 'name')) ?? ''}`));
  const backends = routes.flatMap(({ rules }) => rules.flatMap((rule) => rule.backends.filter(({ kind }) => kind === 'Service')));
  return [...new Set(backends.map(({ namespace, name }) => `${namespace}/${name}`))].flatMap((key) => {
    const service = world.services.get(key);
    return service === undefined || checked.has(key) ? [] : [{
      id: 'GKE002', at: service.manifest,
      message: `Google's load balancer will check Service ${service.name} with GET / and want 200: no HealthCheckPolicy is for it, and a Gateway goes by no readiness probe.`,
    }];
  });
}
