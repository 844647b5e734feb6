import type { IConstruct } from 'constructs';

type MarkName = 'microservice' | 'external-service' | 'site' | 'traefik';

/**
 * Says what a construct is, for every copy of this library: an app and the ladder that renders it may each have one, and
 * `instanceof` knows only its own.
 */
export function mark(construct: IConstruct, name: MarkName): void {
  Object.defineProperty(construct, symbolOf(name), { value: true });
}

export function isMarked(construct: object, name: MarkName): boolean {
  return symbolOf(name) in construct;
}

function symbolOf(name: MarkName): symbol {
  return Symbol.for(`service-ladder.${name}`);
}
