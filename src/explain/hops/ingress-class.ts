import type { Draft } from '../findings/draft';
import { type ControllerKind, type RunningController, controllerNamed, controllerOfClassName, controllerOfIngressController, flagOf } from '../world/controllers';
import type { Ingress } from '../world/ingresses';
import type { World } from '../world/world';
import { type GkeRefusal, openPorts, refusedByGke } from './gke-ingress';

/** Who serves an Ingress. */
export interface IngressService {
  /** Ingresses with the same key are served together. */
  readonly key: string;
  readonly kind: ControllerKind | undefined;
  readonly running: RunningController | undefined;
  /** Why nobody does, when that is proved. */
  readonly nobody: { readonly id: 'ING003' | 'ING004'; readonly message: string } | GkeRefusal | undefined;
}

export function whoServes(world: World, ingress: Ingress): IngressService {
  const service = byClass(world, ingress);
  return service.kind?.id === 'gce' && service.nobody === undefined ? { ...service, nobody: refusedByGke(world, ingress) } : service;
}

/** Whether plain requests come nowhere, though https does: on GKE they can be forbidden. */
export function isHttpsOnly(world: World, ingress: Ingress): boolean {
  return byClass(world, ingress).kind?.id === 'gce' && openPorts(ingress).join() === '443';
}

/** As a finding on the Ingress. */
export function nobodyDraft(ingress: Ingress, nobody: NonNullable<IngressService['nobody']>): Draft {
  return { path: ['spec', 'ingressClassName'], ...nobody, at: ingress.manifest };
}

function byClass(world: World, ingress: Ingress): IngressService {
  const { className, classAnnotation } = ingress;
  const name = classAnnotation ?? className;
  if (classAnnotation === undefined && className !== undefined && /^gce(-internal|-regional-external)?$/.test(className) && !world.ingressClasses.has(className)
    && (world.platform === 'gke' || world.platform === undefined)) {
    return {
      key: 'unserved:gce', kind: controllerOfClassName(className), running: undefined,
      nobody: { id: 'ING004', message: `Ingress ${ingress.name} has ingressClassName: ${className}; GKE goes by the annotation kubernetes.io/ingress.class and ignores an Ingress that only has the field.` },
    };
  }
  if (name === undefined) return withoutClass(world, ingress);
  const ingressClass = world.ingressClasses.get(name);
  const kind = ingressClass === undefined ? controllerOfClassName(name) : controllerOfIngressController(ingressClass.controller);
  const running = kind === undefined ? undefined : world.controllers.find((controller) => controller.kind === kind && takesClass(controller, name));
  return { key: kind?.name ?? name, kind, running, nobody: running === undefined ? nobodyFor(world, ingress, name, kind, ingressClass !== undefined) : undefined };
}

function withoutClass(world: World, ingress: Ingress): IngressService {
  const byDefault = [...world.ingressClasses.values()].find(({ isDefault }) => isDefault);
  if (byDefault !== undefined) {
    const kind = controllerOfIngressController(byDefault.controller);
    return { key: kind?.name ?? byDefault.name, kind, running: world.controllers.find((controller) => controller.kind === kind), nobody: undefined };
  }
  if (world.platform === 'gke') return { key: 'GKE Ingress', kind: controllerNamed('gce'), running: undefined, nobody: undefined };
  const [running] = world.controllers.filter((controller) => controller.kind.ingressController !== '');
  if (running === undefined) {
    const kind = stated(world)[0] ?? controllerByAnnotations(ingress);
    return { key: kind?.name ?? 'default', kind, running: undefined, nobody: undefined };
  }
  const wanted = running.kind.id === 'traefik' ? flagOf(running.container, 'providers.kubernetesingress.ingressclass') : undefined;
  return {
    key: running.kind.name, kind: running.kind, running,
    nobody: wanted === undefined ? undefined : {
      id: 'ING003', message: `Ingress ${ingress.name} names no class, no IngressClass is the default, and ${running.kind.name} only serves class ${wanted}.`,
    },
  };
}

/** Whoever wrote a controller's annotations meant that controller. */
function controllerByAnnotations({ annotations }: Ingress): ControllerKind | undefined {
  const keys = Object.keys(annotations);
  if (keys.some((key) => key.startsWith('nginx.ingress.kubernetes.io/'))) return controllerNamed('ingress-nginx');
  return keys.some((key) => key.startsWith('traefik.ingress.kubernetes.io/')) ? controllerNamed('traefik') : undefined;
}

function takesClass(controller: RunningController, name: string): boolean {
  if (controller.kind.id !== 'traefik') return true;
  const wanted = flagOf(controller.container, 'providers.kubernetesingress.ingressclass');
  return wanted === undefined || wanted === name;
}

function stated(world: World): ControllerKind[] {
  return (world.profile.controllers ?? []).flatMap((name) => controllerNamed(name) ?? []);
}

/** Controllers of the input that serve Ingresses first of all; a mesh's control plane does not show that no other is there. */
function serving(world: World): readonly RunningController[] {
  return world.controllers.filter(({ kind }) => kind.ingressController !== '' && kind.name !== 'Istio');
}

/** It is proved that nobody serves a class when the input (or the profile) shows the controllers there are, and none is for it. */
function nobodyFor(world: World, ingress: Ingress, name: string, kind: ControllerKind | undefined, hasClass: boolean): IngressService['nobody'] {
  if (kind?.managed === true && (kind.id !== 'gce' || world.platform === undefined || world.platform === 'gke')) return undefined;
  if (world.profile.controllers !== undefined) {
    if ((kind !== undefined && stated(world).includes(kind)) || world.profile.controllers.includes(name)) return undefined;
  } else if (hasClass && !(world.whole && kind?.image !== undefined)) return undefined;
  else if (!world.whole && serving(world).length === 0) return undefined;
  const there = [...new Set([...serving(world).map((controller) => controller.kind.name), ...(world.profile.controllers ?? [])])];
  return {
    id: 'ING003',
    message: `Ingress ${ingress.name} is of class ${name}, which no controller serves; there ${there.length === 1 ? 'is' : 'are'} ${there.join(', ') || 'none'}.`,
  };
}
