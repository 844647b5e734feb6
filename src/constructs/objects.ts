import { ApiObject, type Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PlacedObject } from '../manifest/rules';
import { messageOf, type Problem } from '../model/problem';
import { isLazy } from './any-lazy';
import { objectJson } from './object-json';
import { isOutput, outputComplaint } from './outputs';

/** An object as it will be written, and the construct it comes from. */
export interface BuiltObject extends PlacedObject {
  readonly construct: ApiObject;
}

/** All objects of a tree in one pass, and why any of them cannot be written. */
export function objectsIn(root: IConstruct): { readonly objects: readonly BuiltObject[]; readonly problems: readonly Problem[] } {
  const objects: BuiltObject[] = [];
  const problems: Problem[] = [];
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    try {
      objects.push({ path: construct.node.path, object: objectJson(construct), construct });
    } catch (error) {
      problems.push(...whyUnwritable(construct, error));
    }
  }
  return { objects, problems };
}

/** cdk8s says only that something in the object cannot be rendered; which field, its unresolved props tell. */
function whyUnwritable(construct: ApiObject, error: unknown): Problem[] {
  const { props } = construct as unknown as { props: unknown };
  const found = unwritableValues(props, '');
  const path = construct.node.path;
  if (found.length > 0) return found.map(({ field, ...problem }): Problem => ({ ...problem, severity: 'error', path: `${path} ${field}` }));
  return [{
    code: 'OBJECT_UNWRITABLE', severity: 'error', path, rule: `It cannot be rendered: ${messageOf(error).replace(/\.$/, '')}.`,
    fix: `Look at how this ${construct.kind} is built.`,
  }];
}

type Unwritable = Pick<Problem, 'code' | 'value' | 'rule' | 'fix'> & { readonly field: string };

function unwritableValues(value: unknown, field: string): Unwritable[] {
  if (typeof value === 'function') {
    return [{ field, code: 'VALUE_UNWRITABLE', value: 'a function', rule: 'A manifest holds plain values.', fix: 'Call it and pass the result.' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (isOutput(value)) return [outputComplaint(field)];
  if (Array.isArray(value)) return value.flatMap((item, index) => unwritableValues(item, `${field}[${index}]`));
  if (isLazy(value)) return unwritableLazy(value, field);
  if (value.constructor === Object) {
    return Object.entries(value).flatMap(([key, inner]) => unwritableValues(inner, field === '' ? key : `${field}.${key}`));
  }
  if ('resolve' in value || ('value' in value && ['string', 'number'].includes(typeof value.value))) return [];
  return [{
    field, code: 'VALUE_UNWRITABLE', value: `a ${value.constructor?.name ?? 'null-prototype object'}`,
    rule: 'A manifest holds plain values.', fix: 'Pass its text, number, list or plain object instead.',
  }];
}

function unwritableLazy(lazy: Lazy, field: string): Unwritable[] {
  try {
    return unwritableValues(lazy.produce(), field);
  } catch (error) {
    return [{
      field, code: 'VALUE_UNWRITABLE', rule: `The lazy value could not be had: ${messageOf(error).replace(/\.$/, '')}.`,
      fix: 'Look at what it produces, and whether that is there by the end.',
    }];
  }
}
