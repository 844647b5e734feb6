import {
  CORE_SCHEMA, EVENT_ID, NOT_RESOLVED, YAMLException, constructFromEvents, defineScalarTag, getScalarValue, mergeTag, parseEvents,
  strTag,
} from 'js-yaml';
import { messageOf } from '../model/problem';

/**
 * YAML as Kubernetes reads it: sigs.k8s.io/yaml, a go-yaml v2, which is YAML 1.1 for booleans and integers.
 * `yes` is true, `0777` is octal, `1_000` a number, the last of two equal keys wins, `<<` merges, unknown tags are ignored.
 */

const truths = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

const boolTag = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve: (source) => truths.get(source) ?? NOT_RESOLVED,
  identify: () => false,
});

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function goNumber(source: string): number | typeof NOT_RESOLVED {
  const plain = source.includes('_') ? source.replaceAll('_', '') : source;
  const [, sign, digits] = integer.exec(plain) ?? [];
  if (digits !== undefined) {
    const value = /^0[0-7]/.test(digits) ? parseInt(digits, 8) : Number(digits);
    return sign === '-' ? -value : value;
  }
  return float.test(plain) ? Number(plain) : NOT_RESOLVED;
}

const digits = [...'0123456789-+.'];
const intTag = defineScalarTag<number>('tag:yaml.org,2002:int', {
  implicit: true, implicitFirstChars: digits, resolve: goNumber, identify: () => false,
});
const floatTag = defineScalarTag<number>('tag:yaml.org,2002:float', {
  implicit: false, resolve: goNumber, identify: () => false,
});
const localTag = defineScalarTag<string>('!', {
  matchByTagPrefix: true, resolve: (source) => source, identify: () => false,
});
const foreignTag = defineScalarTag<string>('tag:yaml.org,2002:', {
  matchByTagPrefix: true, resolve: (source) => source, identify: () => false,
});

const schema = CORE_SCHEMA.withTags(strTag, boolTag, intTag, floatTag, mergeTag, localTag, foreignTag);

/** Where and why text is not YAML. */
export interface YamlError {
  readonly reason: string;
  /** 0-based, within the text. */
  readonly line: number;
}

export type YamlResult = { readonly value: unknown } | { readonly error: YamlError };

/** Generous for a manifest, and small enough that a bomb of aliases or of nesting ends in an error instead of a hang. */
const limits = { maxDepth: 200, maxAliases: 1000 };

/** Reads one document; an empty one is undefined. */
export function parseYaml(text: string): YamlResult {
  try {
    const documents = constructFromEvents(parseEvents(text, { maxDepth: limits.maxDepth }), {
      source: text, schema, json: true, maxAliases: limits.maxAliases,
    });
    return { value: documents[0] };
  } catch (error) {
    if (error instanceof YAMLException) return { error: { reason: error.reason, line: error.mark?.line ?? 0 } };
    return { error: { reason: messageOf(error), line: 0 } };
  }
}

/** A way into a document: `['spec', 'ports', 0, 'port']`. */
export type FieldPath = readonly (string | number)[];

/**
 * The 0-based line of a field in a document that {@link parseYaml} accepts; of the deepest part of the path that is there.
 * Parses again: findings are few and objects many.
 */
export function lineOfField(text: string, path: FieldPath): number {
  const events = eventsOf(text);
  let at = 1;
  let offset = 0;
  /** Moves `at` behind the node it stands on. */
  const skip = (): void => {
    let depth = 0;
    do {
      const type = events[at++]?.type;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
      else if (type === EVENT_ID.POP) depth--;
    } while (depth > 0 && at < events.length);
  };
  for (const step of path) {
    const node = events[at];
    if (node?.type === EVENT_ID.SEQUENCE && typeof step === 'number') {
      at++;
      for (let index = 0; index < step && events[at]?.type !== EVENT_ID.POP && at < events.length; index++) skip();
      const item = events[at];
      if (item === undefined || item.type === EVENT_ID.POP) break;
      offset = startOf(item) ?? offset;
    } else if (node?.type === EVENT_ID.MAPPING) {
      at++;
      let found = false;
      while (at < events.length && events[at]?.type !== EVENT_ID.POP) {
        const key = events[at];
        if (key?.type === EVENT_ID.SCALAR && getScalarValue(text, key) === String(step)) {
          offset = key.valueStart;
          at++;
          found = true;
          break;
        }
        skip();
        skip();
      }
      if (!found) break;
    } else break;
  }
  return countLines(text, offset);
}

type YamlEvent = ReturnType<typeof parseEvents>[number];

/** An Ingress of a thousand hosts is asked for a line a thousand times; the last few documents of that size are kept parsed. */
const LARGE = 10_000;
const MOST_KEPT = 4;
const kept = new Map<string, YamlEvent[]>();

function eventsOf(text: string): YamlEvent[] {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const events = parseEvents(text, { maxDepth: limits.maxDepth });
  if (text.length < LARGE) return events;
  for (const oldest of kept.keys()) {
    if (kept.size < MOST_KEPT) break;
    kept.delete(oldest);
  }
  kept.set(text, events);
  return events;
}

function startOf(event: YamlEvent): number | undefined {
  switch (event.type) {
    case EVENT_ID.MAPPING: case EVENT_ID.SEQUENCE: return event.start;
    case EVENT_ID.SCALAR: return event.valueStart;
    case EVENT_ID.ALIAS: return event.anchorStart;
    default: return undefined;
  }
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) lines++;
  return lines;
}
