import { type Document, type LineCounter, type Node, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { nearest } from '../../model/names';
import type { Problem } from '../../model/problem';

/** A YAML document in which fields are looked up; what is wrong is collected, each with file and line, and never thrown. */
export interface YamlSource {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly problems: Problem[];
}

/** A field's node, or the node of its mapping when it has no value. */
export type Fields<Key extends string> = Partial<Readonly<Record<Key, Node>>>;

export type YamlComplaint = Pick<Problem, 'code' | 'rule' | 'fix' | 'value'>;

export function lineOf(source: YamlSource, node: Node): number {
  return node.range ? source.lines.linePos(node.range[0]).line : 1;
}

export function complain(source: YamlSource, node: Node, complaint: YamlComplaint): undefined {
  source.problems.push({ severity: 'error', path: `${source.file}:${lineOf(source, node)}`, ...complaint });
  return undefined;
}

/** The mapping's fields; other keys than the known ones are problems, with the nearest known one named. */
export function fields<Key extends string>(source: YamlSource, node: Node, what: string, known: readonly Key[]): Fields<Key> | undefined {
  const map = resolve(source, node);
  if (!isMap(map)) {
    return complain(source, node, { code: 'TEST_TYPE', value: plain(source, node), rule: `${what} is a mapping of ${known.join(', ')}.`, fix: `Write ${known[0]}: … on a line of its own.` });
  }
  const found: Partial<Record<Key, Node>> = {};
  for (const { key, value } of map.items) {
    const at = key as Node;
    const name = scalarText(source, at) ?? '';
    const match = known.find((one) => one === name);
    if (match !== undefined) {
      found[match] = (value as Node | null) ?? at;
      continue;
    }
    const meant = nearest(name, known);
    complain(source, at, {
      code: 'TEST_KEY', value: name, rule: `${what} has no such key.`,
      fix: meant === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${meant}?`,
    });
  }
  return found;
}

export function items(source: YamlSource, node: Node): readonly Node[] | undefined {
  const list = resolve(source, node);
  return isSeq(list) ? list.items as Node[] : undefined;
}

/** The text of a scalar as it is written, so that a header's `1.10` stays itself; undefined for null, lists and mappings. */
export function scalarText(source: YamlSource, node: Node): string | undefined {
  const scalar = resolve(source, node);
  if (!isScalar(scalar) || scalar.value === null) return undefined;
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
}

export function isNull(source: YamlSource, node: Node): boolean {
  const scalar = resolve(source, node);
  return isScalar(scalar) && scalar.value === null;
}

export function numberOf(source: YamlSource, node: Node): number | undefined {
  const scalar = resolve(source, node);
  return isScalar(scalar) && typeof scalar.value === 'number' ? scalar.value : undefined;
}

/** The pairs of a mapping whose keys are free, as text. */
export function textPairs(source: YamlSource, node: Node): readonly (readonly [string, string])[] | undefined {
  const map = resolve(source, node);
  if (!isMap(map)) return undefined;
  const pairs: (readonly [string, string])[] = [];
  for (const { key, value } of map.items) {
    const name = scalarText(source, key as Node);
    const text = value === null ? undefined : scalarText(source, value as Node);
    if (name === undefined || text === undefined) return undefined;
    pairs.push([name, text]);
  }
  return pairs;
}

/** What was written, for the problem's text. */
export function plain(source: YamlSource, node: Node): unknown {
  const found = resolve(source, node);
  return isScalar(found) ? found.value : found?.toString();
}

function resolve(source: YamlSource, node: Node): Node | undefined {
  return isAlias(node) ? node.resolve(source.document) : node;
}
