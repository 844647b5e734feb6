import { nearest } from '../../model/names';
import { numbered } from '../rules/near-miss';
import { mayHaveOperator } from '../rules/operators';
import { backendsOf } from '../world/ingresses';
import { selectedBy } from '../world/select';
import type { Service } from '../world/services';
import type { World } from '../world/world';

/** A backend Service that the namespace of its Ingress or route lacks in the input. */
export interface MissingService {
  /** The Service of that name in another namespace. */
  readonly elsewhere: Service | undefined;
  /** The name of the Service that is most likely meant. */
  readonly near: string | undefined;
  /** Does the input show that there is none? */
  readonly proved: boolean;
}

/**
 * A Service that is not in the input may be elsewhere: an Ingress alone says nothing of the Services around it. Where the input shows the
 * namespace's Services with their pods, nobody is there who makes more, and one name only is missing, that name is a mistake.
 */
export function missingService(world: World, namespace: string, name: string): MissingService {
  const elsewhere = world.servicesByName.get(name)?.[0];
  const { services, called, unseen, shown } = shownIn(world, namespace);
  const near = likely(name, services) ?? unusedLike(name, services, called);
  const operated = mayHaveOperator(world, namespace);
  return { elsewhere, near, proved: world.whole || elsewhere !== undefined || (!operated && (near !== undefined || (shown && unseen.size === 1))) };
}

interface Shown {
  /** Without those of controllers, which no backend means. */
  readonly services: readonly Service[];
  /** The Services that Ingresses and routes of the input name. */
  readonly called: ReadonlySet<string>;
  /** Those among them that are not there, and are no slips of the pen. */
  readonly unseen: ReadonlySet<string>;
  /** Is there a Service with its pods? */
  readonly shown: boolean;
}

const ofWorld = new WeakMap<World, Map<string, Shown>>();

function shownIn(world: World, namespace: string): Shown {
  const known = ofWorld.get(world) ?? new Map<string, Shown>();
  ofWorld.set(world, known);
  let entry = known.get(namespace);
  if (entry === undefined) {
    const all = [...world.services.values()].filter((service) => service.namespace === namespace);
    const services = all.filter((service) => !selectedBy(world, service).some((pod) => world.controllers.some((controller) => controller.pod === pod)));
    const called = new Set([
      ...world.ingresses.filter((ingress) => ingress.namespace === namespace)
        .flatMap((ingress) => backendsOf(ingress).map(({ service }) => service?.name ?? '')),
      ...world.routes.flatMap(({ rules }) => rules.flatMap(({ backends }) => backends.filter((backend) => backend.namespace === namespace && backend.kind === 'Service').map((backend) => backend.name))),
    ]);
    called.delete('');
    const there = new Set(all.map((service) => service.name));
    entry = {
      services, called,
      unseen: new Set([...called].filter((name) => !there.has(name) && !world.servicesByName.has(name) && likely(name, services) === undefined)),
      shown: services.some((service) => selectedBy(world, service).length > 0),
    };
    known.set(namespace, entry);
  }
  return entry;
}

function likely(name: string, services: readonly Service[]): string | undefined {
  return nearest(name, services.map((service) => service.name).filter((other) => !numbered(name, other)));
}

function unusedLike(name: string, services: readonly Service[], called: ReadonlySet<string>): string | undefined {
  const unused = services.filter((service) => !called.has(service.name)).map((service) => service.name);
  return unused.find((other) => !numbered(name, other) && (other.includes(name) || name.includes(other))) ?? (services.length === 1 ? unused[0] : undefined);
}
