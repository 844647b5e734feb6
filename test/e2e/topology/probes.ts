import type { Sent } from '../cluster/client';
import { host, laptop, node, type Place, pod } from '../cluster/place';
import type { LiveObject } from '../cluster/api';
import { hostOf } from './objects';

/** One request: where it is sent from, as the suite and as `ladder explain` say it. */
export interface Probe {
  readonly from: Place;
  readonly flag: string;
  readonly sent: Sent;
}

interface ServiceFields {
  readonly type: string;
  readonly clusterIP?: string;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string; readonly nodePort?: number }[];
}

/** Every request that is worth a try in a namespace: each Service by every way there is to it, and the pods themselves. */
export function probesOf(namespace: string, objects: readonly LiveObject[]): readonly Probe[] {
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const here = (kind: string) => of(kind).filter(({ metadata }) => metadata.namespace === namespace);
  const nodes = of('Node').map((object) => ({ name: object.metadata.name, address: addressOf(object) }));
  const pods = here('Pod').filter((object) => podAddress(object) !== '');
  const origins = [
    ...pods.map(({ metadata }) => ({ from: pod(namespace, metadata.name), flag: `pod:${namespace}/${metadata.name}` })),
    ...nodes.map(({ name }) => ({ from: node(name), flag: `node:${name}` })),
  ];
  const fromOutside = { from: host, flag: 'laptop' };
  const made: Probe[] = [];
  const probe = (origin: { readonly from: Place; readonly flag: string }, url: string, dial?: string): void => void made.push({ ...origin, sent: { url, timeoutMs: 3000, ...(dial !== undefined && { dial }) } });

  for (const service of here('Service')) {
    const { name } = service.metadata;
    const { type, clusterIP, ports = [] } = service.spec as ServiceFields;
    const balancer = (service.status as { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip: string }[] } }).loadBalancer?.ingress?.[0]?.ip;
    for (const { port, targetPort, nodePort } of ports.length > 0 ? ports : [{ port: 80 }]) {
      for (const origin of origins) {
        if (origin.from.at === 'pod') {
          probe(origin, `http://${name}:${port}/`);
          probe(origin, `http://${name}.${namespace}.svc.cluster.local:${port}/`);
          if (typeof targetPort === 'number' && targetPort !== port) probe(origin, `http://${name}:${targetPort}/`);
        }
        if (clusterIP !== undefined && clusterIP !== 'None' && clusterIP !== '' && type !== 'ExternalName') probe(origin, `http://${clusterIP}:${port}/`);
        // A node's own connection to a load balancer without endpoints leaves the node, and comes back to it or not.
        if (balancer !== undefined && origin.from.at === 'pod') probe(origin, `http://${balancer}:${port}/`);
        if (nodePort !== undefined) for (const { address } of nodes) probe(origin, `http://${address}:${nodePort}/`);
      }
      if (nodePort !== undefined) {
        for (const { address } of nodes) probe(fromOutside, `http://${address}:${nodePort}/`);
        probe({ from: laptop, flag: 'laptop' }, `http://localhost:${nodePort}/`, `127.0.0.1:${nodePort}`);
        for (const each of pods) probe(origins[0] ?? fromOutside, `http://${podAddress(each)}:${nodePort}/`);
      }
      if (balancer !== undefined) probe({ from: host, flag: 'outside' }, `http://${balancer}:${port}/`);
    }
  }
  for (const each of pods) for (const origin of origins) for (const port of declaredPorts(each)) probe(origin, `http://${podAddress(each)}:${port}/`);
  for (const origin of origins.slice(0, 2)) if (origin.from.at === 'pod') probe(origin, 'http://nobody/');
  for (const path of ['/', '/a', '/a/', '/a/b', '/a/b/c', '/b', '/b/c', '/ab']) {
    probe({ from: laptop, flag: 'laptop' }, `http://${hostOf(namespace)}:8080${path}`, '127.0.0.1:8080');
  }
  return made;
}

function addressOf({ status }: LiveObject): string {
  return (status as { readonly addresses: readonly { readonly type: string; readonly address: string }[] }).addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
}

function podAddress({ status }: LiveObject): string {
  return (status as { readonly podIP?: string }).podIP ?? '';
}

function declaredPorts({ spec }: LiveObject): readonly number[] {
  const { containers } = spec as { readonly containers: readonly { readonly ports?: readonly { readonly containerPort: number }[] }[] };
  return containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));
}
