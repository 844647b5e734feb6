import { nearest } from '../../model/names';
import { addressesOf, declared, endpointsOf, targetOn } from '../world/select';
import { type Service, portText, serviceText } from '../world/services';
import { arrive } from './arrive';
import { type Meaning, meaningOf } from './cluster-name';
import { connect } from './connect';
import { throughDnsPolicy } from './dns-policy';
import { toExternalName, toWorld } from './external';
import { frontFor } from './front';
import { type Journey, type Sender, isInside } from './journey';
import { type HopView, type Leg, broken, doubted, passed, unsure } from './leg';
import { refusedByApiServer, toService } from './service';

/** A name that a pod (or a node) dials. */
export function toName(journey: Journey, sender: Sender): Leg {
  const { request, world } = journey;
  if (!isInside(sender)) {
    const meaning = meaningOf(world, request.host, journey.namespace);
    const byFront = frontFor(journey);
    if (meaning.kind === 'service' || meaning.kind === 'pod' || (meaning.kind === 'missing' && meaning.sure && byFront === undefined)) {
      if (byFront === undefined || !request.host.includes('.') || /\.svc(\.|$)/.test(request.host) || meaning.kind !== 'missing') return notResolvedOutside(journey, meaning, sender);
    }
    return byFront ?? nobodyHas(journey);
  }
  const meaning = meaningOf(world, request.host, journey.namespace);
  return throughDnsPolicy(journey, sender, () => (meaning.kind === 'outside' ? outsideName(journey, sender) : byMeaning(journey, request.host, meaning, sender)));
}

/** A name of the cluster, followed from a CNAME; a chain of aliases ends after a few. */
export function toClusterName(journey: Journey, host: string, sender: Sender, depth: number): Leg {
  if (depth > 4) return broken({ kind: 'dns', text: `${host} leads to a chain of aliases without an end.` }, 'nxdomain');
  const meaning = meaningOf(journey.world, host, journey.namespace);
  if (meaning.kind === 'service' && meaning.service.type === 'ExternalName') {
    const next = meaning.service.externalName?.toLowerCase().replace(/\.$/, '') ?? '';
    journey.visit(meaning.service.manifest);
    return passed({ kind: 'dns', at: meaning.service.manifest, text: `${host} is an alias of ${next}.`, from: host, to: next },
      /\.svc(\.|$)/.test(next) ? toClusterName(journey, next, sender, depth + 1) : toWorld(journey, next, sender));
  }
  return byMeaning(journey, host, meaning, sender);
}

function byMeaning(journey: Journey, host: string, meaning: Meaning, sender: Sender): Leg {
  const { request } = journey;
  switch (meaning.kind) {
    case 'outside': return toWorld(journey, host, sender);
    case 'missing': return missing(journey, host, meaning);
    case 'pod': {
      const { pod, service } = meaning;
      journey.visit(service.manifest);
      return passed({ kind: 'dns', at: service.manifest, text: `${host} is pod ${pod.name}, named under the headless Service ${service.name}.`, from: host, to: `${pod.addresses[0] ?? pod.name}:${request.port}` },
        connect(journey, sender, { pod, port: request.port, protocol: request.protocol }, () => arrive(journey, pod, request.port, request.protocol)));
    }
    case 'service': {
      const { service } = meaning;
      journey.visit(service.manifest);
      const refused = refusedByApiServer(journey, service);
      const view: HopView = { kind: 'dns', at: service.manifest, text: '', from: host };
      if (refused !== undefined) return broken({ ...view, text: `${refused} So nothing has the name ${host}.` }, 'nxdomain');
      if (service.type === 'ExternalName') return toExternalName(journey, service, sender);
      if (service.headless) return toHeadless(journey, service, sender, host);
      return passed({ ...view, text: `${host} is Service ${serviceText(service)}${service.clusterIPs[0] === undefined ? '' : `, ${service.clusterIPs[0]}`}.`, to: `${service.clusterIPs[0] ?? serviceText(service)}:${request.port}` },
        toService(journey, service, request.port, request.protocol, sender));
    }
    default: { const never: never = meaning; return never; }
  }
}

/** Headless: DNS gives the pods' own addresses, and nothing remaps a port: the client must dial the container's. */
function toHeadless(journey: Journey, service: Service, sender: Sender, host: string): Leg {
  const { request } = journey;
  const view: HopView = { kind: 'dns', at: service.manifest, path: ['spec', 'clusterIP'], from: host, text: `${host} is headless: DNS gives the addresses of its pods, and port ${request.port} is the pods' own.` };
  const port = service.ports.find((entry) => entry.port === request.port && entry.protocol === request.protocol);
  const dialled = { name: undefined, appProtocol: undefined, nodePort: undefined, port: request.port, protocol: request.protocol, targetPort: request.port, targetPortGiven: true, path: ['spec', 'ports'] };
  // Which pods have an address does not hang on the port that is dialled; written endpoints are listed by port.
  const byPort = port ?? service.ports[0] ?? dialled;
  const selected = endpointsOf(journey.world, service, dialled);
  const ready = selected.source === 'written' ? addressesOf(journey.world, service, request.port) : selected.ready;
  if (ready.length === 0) return passed(view, toService(journey, service, byPort.port, byPort.protocol, sender));
  let unnamed = false;
  if (port !== undefined) {
    const targets = ready.map(({ pod }) => (pod === undefined ? undefined : targetOn(pod, port)));
    const nowhere = ready.every(({ pod }) => pod !== undefined && declared(pod, request.port, request.protocol) === undefined && pod.containers.some(({ ports }) => ports.length > 0));
    const target = targets.find((number) => number !== undefined);
    if (nowhere && target !== undefined && targets.every((number) => number !== request.port)) {
      journey.report({ id: 'SVC010', severity: 'error', at: service.manifest, path: port.path, message: `Headless Service ${service.name} has port ${portText(port)} and targetPort ${String(port.targetPort)}; its ports are not remapped, and no pod listens on ${request.port}.`, fix: `Dial ${host}:${target}, or give the Service a cluster IP.` });
      const text = `The pods listen on ${target}, not on ${request.port}.`;
      return passed(view, ready.flatMap(({ pod }) => (pod === undefined ? [] : [
        // A policy may drop the connection before the pod refuses it.
        connect(journey, sender, { pod, port: request.port, protocol: request.protocol, service: { service, port } }, () => broken({ kind: 'container', text, at: pod.manifest }, 'refused')),
      ])));
    }
    if (nowhere && target === undefined) {
      unnamed = true;
      journey.report({ id: 'SVC003', severity: 'warning', at: service.manifest, path: [...port.path, 'targetPort'], message: `No pod of headless Service ${service.name} has a port named ${String(port.targetPort)}; its name resolves all the same, and whoever dials ${request.port} may find nobody.` });
    }
  }
  const seen = new Set<string>();
  const legs = ready.flatMap((endpoint): Leg[] => {
    const { pod } = endpoint;
    const key = pod === undefined ? endpoint.address ?? '' : `${pod.workload.kind}/${pod.workload.name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    if (pod === undefined) return [unsure({ kind: 'endpoint', text: `Address ${endpoint.address} belongs to no pod of the input.`, at: service.manifest }, 'unknown')];
    return [connect(journey, sender, { pod, port: request.port, protocol: request.protocol, ...(port === undefined ? {} : { service: { service, port } }) }, () => arrive(journey, pod, request.port, request.protocol, port === undefined ? undefined : { service, port }))];
  });
  return unnamed ? doubted({ ...view, text: `${view.text} No pod has a port of the name it gives.` }, 'depends', passed(view, legs)) : passed(view, legs);
}

function missing(journey: Journey, host: string, { name, namespace }: Meaning & { readonly kind: 'missing' }): Leg {
  const { world } = journey;
  const elsewhere = (world.servicesByName.get(name) ?? []).filter((service) => service.namespace !== namespace);
  const here = [...world.services.values()].filter((service) => service.namespace === namespace).map((service) => service.name);
  const near = nearest(name, here);
  const [other] = elsewhere;
  const hint = other !== undefined ? `; namespace ${other.namespace} has a Service ${name}: ${name}.${other.namespace}` : near !== undefined ? `; it has ${near}` : '';
  const text = `No Service ${name} is in namespace ${namespace}${hint}.`;
  const view: HopView = { kind: 'dns', text, from: host };
  if (!world.whole) return unsure({ ...view, text: `${text} It may be there all the same: the input is not the whole cluster.` }, 'unknown');
  const at = other?.manifest ?? world.services.get(`${namespace}/${near ?? here[0] ?? ''}`)?.manifest;
  if (at !== undefined) {
    journey.report({ id: 'DNS001', at, message: text, ...(other !== undefined ? { fix: `Dial ${name}.${other.namespace}.` } : near !== undefined ? { fix: `Dial ${near}.` } : {}) });
  }
  return broken(view, 'nxdomain');
}

/** A public name that a pod dials: perhaps one of our own fronts, from behind. */
function outsideName(journey: Journey, sender: Sender): Leg {
  const { request } = journey;
  const known = journey.world.ingresses.some((ingress) => ingress.rules.some((rule) => rule.host === request.host))
    || journey.world.routes.some((route) => route.hostnames.includes(request.host));
  const front = known ? frontFor(journey) : undefined;
  return front === undefined ? toWorld(journey, request.host, sender) : passed({ kind: 'dns', text: `${request.host} is a public name; it leads out and in again.`, from: request.host }, front);
}

function notResolvedOutside(journey: Journey, meaning: Meaning, sender: Sender): Leg {
  const { request, world } = journey;
  const service = meaning.kind === 'service' || meaning.kind === 'pod' ? meaning.service : undefined;
  const text = `${request.host} is a name of the cluster's own DNS, which is not asked ${sender.kind === 'node' ? 'by nodes' : 'from outside'}.`;
  const view: HopView = { kind: 'dns', text, from: request.host, ...(service === undefined ? {} : { at: service.manifest }) };
  if (service === undefined && !world.whole) return unsure(view, 'unknown');
  if (service !== undefined) {
    journey.visit(service.manifest);
    journey.report({ id: 'DNS002', at: service.manifest, message: text, fix: `Send it from a pod, or use kubectl port-forward service/${service.name} ${service.ports[0]?.port ?? 80} -n ${service.namespace}, or a front: NodePort, LoadBalancer, Ingress.` });
  }
  return broken(view, 'nxdomain');
}

function nobodyHas(journey: Journey): Leg {
  const { request, world } = journey;
  const text = `Nothing in the input takes requests for ${request.host} from outside: no Ingress, Gateway or LoadBalancer.`;
  return world.whole ? broken({ kind: 'dns', text, from: request.host }, 'nxdomain') : unsure({ kind: 'dns', text, from: request.host }, 'unknown');
}
