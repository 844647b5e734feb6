import { apiGroup, isLive } from '../../manifest/object';
import { privateKeysIn } from '../../manifest/private-key';
import type { Manifest } from '../../manifest/read';
import { fieldText } from '../../manifest/texts';
import type { Draft } from '../findings/draft';
import { type Ingress } from '../world/ingresses';
import { labelsText } from '../world/labels';
import type { World } from '../world/world';
import { gatewayGroup } from '../world/gateways';
import { gatewayRules } from './gateway';
import { hostRules } from './hosts';
import { ingressRules } from './ingress';
import { serviceRules } from './service';

/** What is wrong with one object by itself or beside its neighbours, whatever the request. */
export function rulesFor(world: World, manifest: Manifest): readonly Draft[] {
  return [...privateKeys(manifest), ...hostRules(manifest), ...rulesOfKind(world, manifest)];
}

/** SEC001: a key that is written down. What a cluster itself gave out is no manifest that somebody commits. */
function privateKeys(manifest: Manifest): readonly Draft[] {
  const { kind, metadata } = manifest.object;
  if (isLive(manifest.object)) return [];
  return privateKeysIn(manifest.object).map((path) => ({ id: 'SEC001', at: manifest, path, message: `${kind} ${metadata.name} has a private key in ${fieldText(path)}.` }));
}

function rulesOfKind(world: World, manifest: Manifest): readonly Draft[] {
  const { object } = manifest;
  const group = apiGroup(object.apiVersion);
  if (group === '' && object.kind === 'Service') {
    const service = world.services.get(`${object.metadata.namespace}/${object.metadata.name}`);
    return service === undefined ? [] : serviceRules(world, service);
  }
  if (object.kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions')) {
    const ingress = ingressOf(world, manifest);
    return ingress === undefined ? [] : ingressRules(world, ingress);
  }
  if (object.kind === 'Gateway' && group === gatewayGroup) {
    const gateway = world.gateways.get(`${object.metadata.namespace}/${object.metadata.name}`);
    return gateway === undefined ? [] : gatewayRules(world, gateway);
  }
  if (group === 'apps' && 'spec' in object) return workloadRules(world, manifest);
  if (group === '' && object.kind === 'Endpoints' && 'subsets' in object && !isManaged(world, manifest)) {
    return [{ id: 'DEP002', at: manifest, message: `Endpoints ${object.metadata.name} are written by hand.` }];
  }
  return [];
}

/** POD004: apps/v1 wants the selector of a workload to match the labels of its template. */
function workloadRules(world: World, manifest: Manifest): readonly Draft[] {
  const { kind, metadata } = manifest.object;
  const pod = world.podsByName.get(`${metadata.namespace}/${metadata.name}`)?.find((entry) => entry.manifest === manifest);
  return pod?.refused === true ? [{ id: 'POD004', at: manifest, path: ['spec', 'selector'], message: `The selector of ${kind} ${metadata.name} does not match the labels of its own template (${labelsText(pod.labels) || 'none'}).` }] : [];
}

const byManifest = new WeakMap<World, ReadonlyMap<Manifest, Ingress>>();

function ingressOf(world: World, manifest: Manifest): Ingress | undefined {
  const known = byManifest.get(world) ?? new Map(world.ingresses.map((ingress) => [ingress.manifest, ingress]));
  byManifest.set(world, known);
  return known.get(manifest);
}

/** The control plane's own Endpoints, in a dump: made from a selector, or by a controller. */
function isManaged(world: World, manifest: Manifest): boolean {
  const { metadata } = manifest.object;
  const service = world.services.get(`${metadata.namespace}/${metadata.name}`);
  return service?.selector !== null && service !== undefined || isLive(manifest.object);
}
