import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../manifest/fields';
import type { KubeObject } from '../manifest/object';
import { identityOf } from '../manifest/rules';

/** A field that two versions of an object do not share. */
export interface FieldChange {
  /** Like `spec.ports[http].nodePort`: items of a list go by their name where all have one. */
  readonly path: string;
  /** Not there when the field is new. */
  readonly from?: unknown;
  /** Not there when the field is gone. */
  readonly to?: unknown;
}

/** What became of one object. */
export interface ObjectChange {
  readonly type: 'added' | 'removed' | 'changed';
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Empty unless the object changed. */
  readonly fields: readonly FieldChange[];
}

/** What changes from one set of objects to another, in the order of the sets: first what goes or changes, then what comes. */
export function diffObjects(from: readonly KubeObject[], to: readonly KubeObject[]): ObjectChange[] {
  const after = new Map(to.map((object) => [identityOf(object), object]));
  const before = new Set(from.map(identityOf));
  return [
    ...from.flatMap((object): ObjectChange[] => {
      const successor = after.get(identityOf(object));
      if (!successor) return [change('removed', object)];
      const fields = diffValues(object, successor, '');
      return fields.length === 0 ? [] : [change('changed', successor, fields)];
    }),
    ...to.filter((object) => !before.has(identityOf(object))).map((object) => change('added', object)),
  ];
}

function change(type: ObjectChange['type'], { apiVersion, kind, metadata }: KubeObject, fields: readonly FieldChange[] = []): ObjectChange {
  return { type, apiVersion, kind, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }), name: metadata.name, fields };
}

function diffValues(from: unknown, to: unknown, path: string): FieldChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  const [before, after] = [partsOf(from), partsOf(to)];
  const by = before && after && commonWay(before, after);
  if (!by) return [{ path, from, to }];
  const keys = new Set([...before.parts.keys(), ...after.parts.keys()]);
  return [...reordered(before.parts, after.parts, path, by), ...[...keys].flatMap((key): FieldChange[] => {
    const place = by === 'key' ? joined(path, key) : `${path}[${key}]`;
    if (!after.parts.has(key)) return [{ path: place, from: before.parts.get(key) }];
    if (!before.parts.has(key)) return [{ path: place, to: after.parts.get(key) }];
    return diffValues(before.parts.get(key), after.parts.get(key), place);
  })];
}

/** The order of named items means something in some lists (init containers), so it is said. */
function reordered(before: Parts['parts'], after: Parts['parts'], path: string, by: Parts['by']): FieldChange[] {
  if (by !== 'name') return [];
  const [from, to] = [[...before.keys()].filter((name) => after.has(name)), [...after.keys()].filter((name) => before.has(name))];
  return isDeepStrictEqual(from, to) ? [] : [{ path, from, to }];
}

interface Parts {
  readonly by: 'key' | 'name' | 'index';
  readonly parts: ReadonlyMap<string, unknown>;
}

/** How both are told apart; an empty list goes with any list, a list never with a map. */
function commonWay(one: Parts, other: Parts): Parts['by'] | undefined {
  if (one.by === other.by) return one.by;
  if (one.by === 'key' || other.by === 'key') return undefined;
  if (one.parts.size === 0) return other.by;
  return other.parts.size === 0 ? one.by : undefined;
}

function partsOf(value: unknown): Parts | undefined {
  if (Array.isArray(value)) {
    const names = value.map((item: unknown) => (isFields(item) && typeof item['name'] === 'string' ? item['name'] : undefined));
    const named = names.every((name) => name !== undefined) && new Set(names).size === names.length;
    return { by: named ? 'name' : 'index', parts: new Map(value.map((item: unknown, index) => [named ? String(names[index]) : String(index), item])) };
  }
  return isFields(value) ? { by: 'key', parts: new Map(Object.entries(value)) } : undefined;
}

/** Keys with dots, as labels have them, are put in brackets. */
function joined(path: string, key: string): string {
  if (/^[\w-]+$/.test(key)) return path === '' ? key : `${path}.${key}`;
  return `${path}[${JSON.stringify(key)}]`;
}
