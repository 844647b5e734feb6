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
  return `${emit(object, '')}\n`;
}

/** Several objects as one stream, as cdk8s and kubectl write it. */
export function toYamlStream(objects: readonly object[]): string {
  return objects.map(toYaml).join('---\n');
}

/** Writes what is provably plain itself and asks `yaml` for all the rest, which is 30 times slower. */
function emit(value: unknown, indent: string): string {
  if (typeof value === 'string') {
    if (isPlain(value) || QUANTITY.test(value)) return value;
    return DIGITS.test(value) ? `"${value}"` : askScalar(value, indent);
  }
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  if (value === true) return 'true';
  if (value === false) return 'false';
  if (Array.isArray(value)) return emitSequence(value, indent);
  if (typeof value === 'object' && value !== null) return emitMapping(value, indent);
  return ask(value, indent);
}

function emitSequence(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return '[]';
  let text = '';
  for (const item of items) {
    if (text !== '') text += `\n${indent}`;
    text += `- ${emit(item, `${indent}  `)}`;
  }
  return text;
}

function emitMapping(mapping: object, indent: string): string {
  const fields = Object.entries(mapping);
  if (fields.length === 0) return '{}';
  if (!fields.every(([key]) => isPlainKey(key))) return ask(mapping, indent);
  const inner = `${indent}  `;
  let text = '';
  for (const [key, value] of fields) {
    if (text !== '') text += `\n${indent}`;
    text += `${key}:${isFilled(value) ? `\n${inner}` : ' '}${emit(value, inner)}`;
  }
  return text;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function isPlain(text: string): boolean {
  return WORDS.test(text) && !RESERVED.test(text);
}

/** From 1,025 characters on a key is written in another way (`? key`). */
function isPlainKey(key: string): boolean {
  return key.length <= 1024 && isPlain(key);
}

/** `yaml`'s own text for a value at this depth: so many sequences around it, whose dashes are then cut off. */
function ask(value: unknown, indent: string): string {
  let nested = value;
  for (let depth = 0; depth < indent.length; depth += 2) nested = [nested];
  return stringify(nested, OPTIONS).slice(indent.length, -1);
}

const answers = new Map<string, string>();
const MOST_ANSWERS = 10_000;

/** The same few odd strings come back in every object: their text is kept. */
function askScalar(text: string, indent: string): string {
  if (text.includes('\n') || text.length > 200) return ask(text, indent);
  const known = answers.get(text);
  if (known !== undefined) return known;
  const answer = ask(text, '  ');
  if (answers.size < MOST_ANSWERS) answers.set(text, answer);
  return answer;
}
