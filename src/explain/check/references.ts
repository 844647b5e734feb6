import type { Draft } from '../findings/draft';
import { type Request, parseRequest } from '../request';
import type { Reference } from '../world/references';
import { type Service, portText } from '../world/services';
import type { World } from '../world/world';

/** What an address in env or args comes to: a request to trace, or a finding that there is nothing to trace. */
export function judgeReference(world: World, reference: Reference): { readonly request?: Request; readonly draft?: Draft } {
  const { pod, namespace, name, text, value } = reference;
  const service = world.services.get(`${namespace}/${name}`);
  if (service === undefined) return absent(world, reference);
  const port = portOf(reference, service);
  const who = `${pod.workload.kind} ${pod.workload.name}`;
  if (reference.port !== undefined && port === undefined && service.ports.length > 0 && service.type !== 'ExternalName' && !dialsPod(world, service, reference.port)) {
    const asTarget = service.ports.find(({ targetPort }) => targetPort === reference.port);
    return {
      draft: {
        id: 'ENV001', at: pod.manifest, path: value.path,
        message: `${who} is told to call ${text} (${value.name}), and Service ${name} has port ${service.ports.map(portText).join(', ')}${asTarget === undefined ? '' : `; ${reference.port} is its targetPort`}.`,
        ...(service.ports.length === 1 ? { fix: `Write ${reference.host}:${service.ports[0]?.port ?? ''}.` } : {}),
      },
    };
  }
  if (port === undefined || port.protocol === 'SCTP') return {};
  try {
    return { request: parseRequest(`${port.protocol === 'UDP' ? 'udp' : 'tcp'}://${reference.host}:${reference.port ?? port.port}`, { from: `pod:${pod.namespace}/${pod.workload.name}` }) };
  } catch {
    return {};
  }
}

function portOf(reference: Reference, service: Service): Service['ports'][number] | undefined {
  if (reference.port !== undefined) return service.ports.find((port) => port.port === reference.port);
  const byScheme = reference.scheme === 'https' ? 443 : reference.scheme === 'http' ? 80 : undefined;
  return service.ports.find((port) => port.port === byScheme) ?? (reference.scheme !== undefined && byScheme === undefined && service.ports.length === 1 ? service.ports[0] : undefined);
}

/** Headless names lead to the pods, whose ports are their own. */
function dialsPod(world: World, service: Service, port: number): boolean {
  return service.headless && service.selector !== null && world.pods.withAll(service.namespace, service.selector)
    .some((pod) => pod.containers.every(({ ports }) => ports.length === 0) || pod.containers.some(({ ports }) => ports.some(({ number }) => number === port)));
}

/** A Service that is not there: only `name.namespace.svc` surely means one, and only a whole cluster surely lacks it. */
function absent(world: World, reference: Reference): { readonly draft?: Draft } {
  const { pod, namespace, name, text, value, explicit } = reference;
  const elsewhere = (world.servicesByName.get(name) ?? [])[0];
  const surely = world.whole && (explicit || (!reference.host.includes('.') && reference.port !== undefined && elsewhere !== undefined));
  const misplaced = explicit && elsewhere !== undefined && world.namespacesSeen.has(namespace) && servicesIn(world, namespace);
  if (!surely && !misplaced) return {};
  return {
    draft: {
      id: 'ENV001', at: pod.manifest, path: value.path,
      message: `${pod.workload.kind} ${pod.workload.name} is told to call ${text} (${value.name}), and namespace ${namespace} has no Service ${name}${elsewhere === undefined ? '' : `; ${elsewhere.namespace} has one`}.`,
      ...(elsewhere === undefined ? {} : { fix: `Write ${name}.${elsewhere.namespace}.` }),
    },
  };
}

function servicesIn(world: World, namespace: string): boolean {
  for (const service of world.services.values()) if (service.namespace === namespace) return true;
  return false;
}
