import { stringify } from 'yaml';

/** cdk8s' options: YAML 1.1 quoting, so that older readers see the same, and no folding. */
const OPTIONS = { keepUndefined: true, lineWidth: 0, version: '1.1' } as const;

// Letters first, then nothing that YAML gives a meaning: a colon or a space only between words.
const WORDS = /^[A-Za-z/](?:[\w./@%=+,()-]|[ :](?=[\w./-]))*$/;
// What YAML 1.1 reads as a boolean, null or a number although it starts with a letter (`e1`).
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
const QUANTITY = /^[1-9]\d*(?:m|k|[KMGT]i?|s|%)$/;
const DIGITS = /^\d+$/;

/** One object as a YAML document, byte for byte what cdk8s' `Yaml.stringify` writes. Takes plain JSON values only. */
export function toYaml(object: object): string {
  const parts: string[] = [];
  emit(object, 0, parts);
  parts.push('\n');
  return parts.join('');
}

/** Several objects as one stream, as cdk8s and kubectl write it. */
export function toYamlStream(objects: readonly object[]): string {
  return objects.map(toYaml).join('---\n');
}

/**
 * Writes what is provably plain itself and asks `yaml` for all the rest, which is 30 times slower. Parts are joined once at the
 * end: strings of strings of strings cost four times as much.
 */
function emit(value: unknown, depth: number, parts: string[]): void {
  if (Array.isArray(value)) emitSequence(value, depth, parts);
  else if (typeof value === 'object' && value !== null) emitMapping(value, depth, parts);
  else parts.push(scalar(value, depth));
}

function emitSequence(items: readonly unknown[], depth: number, parts: string[]): void {
  if (items.length === 0) parts.push('[]');
  items.forEach((item, index) => {
    if (index > 0) parts.push(lineStart(depth));
    parts.push('- ');
    emit(item, depth + 1, parts);
  });
}

function emitMapping(mapping: object, depth: number, parts: string[]): void {
  const begin = parts.length;
  for (const [key, value] of Object.entries(mapping)) {
    if (!isPlainKey(key)) {
      parts.length = begin;
      parts.push(ask(mapping, depth));
      return;
    }
    if (parts.length > begin) parts.push(lineStart(depth));
    parts.push(key, isFilled(value) ? `:${lineStart(depth + 1)}` : ': ');
    emit(value, depth + 1, parts);
  }
  if (parts.length === begin) parts.push('{}');
}

function scalar(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    if (isPlain(value) || QUANTITY.test(value)) return value;
    return DIGITS.test(value) ? `"${value}"` : askText(value, depth);
  }
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  return typeof value === 'boolean' ? String(value) : ask(value, depth);
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function isPlain(text: string): boolean {
  return WORDS.test(text) && !RESERVED.test(text);
}

const lineStarts: string[] = [];

function lineStart(depth: number): string {
  return (lineStarts[depth] ??= `\n${'  '.repeat(depth)}`);
}

/** Answers that are kept: the same few come back in every object. */
const MOST_KEPT = 10_000;
const plainKeys = new Map<string, boolean>();
const texts = new Map<string, string>();

/** From 1,025 characters on a key is written in another way (`? key`). */
function isPlainKey(key: string): boolean {
  return plainKeys.get(key) ?? kept(plainKeys, key, key.length <= 1024 && isPlain(key));
}

/** On one line the text is the same at every depth. */
function askText(text: string, depth: number): string {
  if (text.includes('\n') || text.length > 200) return ask(text, depth);
  return texts.get(text) ?? kept(texts, text, ask(text, 1));
}

function kept<T>(answers: Map<string, T>, question: string, answer: T): T {
  if (answers.size < MOST_KEPT) answers.set(question, answer);
  return answer;
}

/** `yaml`'s own text for a value at this depth: so many sequences around it, whose dashes are then cut off. */
function ask(value: unknown, depth: number): string {
  let nested = value;
  for (let level = 0; level < depth; level++) nested = [nested];
  return stringify(nested, OPTIONS).slice(2 * depth, -1);
}
