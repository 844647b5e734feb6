import type { Draft } from '../findings/draft';
import { nobodyDraft, whoServes } from '../hops/ingress-class';
import { type Ingress, backendsOf } from '../world/ingresses';
import { keyOf } from '../world/pods';
import { targetOn } from '../world/select';
import type { World } from '../world/world';

/** Who serves an Ingress, and whether its annotations and its health checks mean anything to them. */
export function ingressRules(world: World, ingress: Ingress): Draft[] {
  const served = whoServes(world, ingress);
  const drafts: Draft[] = [];
  if (served.nobody !== undefined) drafts.push(nobodyDraft(ingress, served.nobody));
  const foreign = Object.keys(ingress.annotations).filter((key) => key.startsWith('nginx.ingress.kubernetes.io/'));
  const [annotation] = foreign;
  if (annotation !== undefined && served.kind?.id === 'traefik' && !servesNginxAnnotations(world)) {
    drafts.push({ id: 'DEP005', at: ingress.manifest, path: ['metadata', 'annotations', annotation], message: `Ingress ${ingress.name} is served by Traefik, to which ${foreign.join(', ')} mean nothing.` });
  }
  if (served.kind?.id === 'gce' && served.nobody === undefined) drafts.push(...healthChecks(world, ingress));
  return drafts;
}

/** Traefik's kubernetesIngressNGINX provider reads them. */
function servesNginxAnnotations(world: World): boolean {
  return world.controllers.some(({ kind, container }) => kind.id === 'traefik' && container.args.some(({ value }) => /^--providers\.kubernetesingressnginx/i.test(value)));
}

/** GKE001: the health check of a backend comes from a BackendConfig or from an httpGet readiness probe of the serving port. */
function healthChecks(world: World, ingress: Ingress): Draft[] {
  const drafts: Draft[] = [];
  const backends = backendsOf(ingress);
  for (const name of new Set(backends.flatMap(({ service }) => service?.name ?? []))) {
    const service = world.services.get(`${ingress.namespace}/${name}`);
    if (service === undefined || service.selector === null) continue;
    if (['cloud.google.com/backend-config', 'beta.cloud.google.com/backend-config'].some((key) => configured(world, ingress.namespace, service.annotations[key]))) continue;
    const wanted = new Set(backends.flatMap((backend) => (backend.service?.name === name ? backend.service.port ?? [] : [])));
    for (const port of service.ports.filter((entry) => wanted.has(entry.port) || (entry.name !== undefined && wanted.has(entry.name)))) {
      const pod = world.pods.withAll(service.namespace, service.selector)[0];
      const number = pod === undefined ? undefined : targetOn(pod, port);
      if (pod === undefined || number === undefined) continue;
      const probed = pod.containers.some(({ probes, ports }) => {
        const probe = probes.readiness;
        return probe?.httpPath !== undefined && (probe.port === number || ports.some((entry) => entry.name === probe.port && entry.number === number));
      });
      if (!probed) drafts.push({ id: 'GKE001', at: service.manifest, path: port.path, message: `Google's load balancer will check Service ${name} port ${port.port} with GET / and want 200: ${pod.workload.kind} ${pod.workload.name} has no httpGet readiness probe on port ${number}, and no BackendConfig has a healthCheck.` });
    }
  }
  return drafts;
}

/** The annotation names a BackendConfig; one that is not in the input may well have a health check. */
function configured(world: World, namespace: string, annotation: string | undefined): boolean {
  const [, name] = /:\s*"([^"]+)"/.exec(annotation ?? '') ?? [];
  if (name === undefined) return false;
  const config = world.others.get(keyOf('BackendConfig', namespace, name));
  return config === undefined || (typeof config.object['spec'] === 'object' && config.object['spec'] !== null && 'healthCheck' in config.object['spec']);
}
