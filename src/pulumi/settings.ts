import { nearest } from '../model/names';
import { complaint, type Complaint, locate, ProblemError } from '../model/problem';

/** One key of a stack's config: what it means, and what it is when it is not there. */
export interface Setting<T> {
  readonly rule: string;
  readonly fix: string;
  /** None: the key has to be given. */
  readonly fallback?: T;
  /** Its value is never shown, not even where it is wrong. */
  readonly secret?: true;
  /** Undefined for a text that breaks the rule. */
  readonly parse: (text: string) => T | undefined;
}

export type Settings<Schema> = { readonly [Key in keyof Schema]: Schema[Key] extends Setting<infer T> ? T : never };

/**
 * Reads a stack's config, whose values are texts (lists and maps as JSON).
 *
 * @throws ProblemError with every key that is wrong, missing or unknown
 */
export function readSettings<Schema extends Readonly<Record<string, Setting<unknown>>>>(
  where: string, schema: Schema, given: Readonly<Record<string, string>>,
): Settings<Schema> {
  const complaints: Complaint[] = Object.keys(given).filter((key) => !(key in schema)).map((key) => unknownKey(key, Object.keys(schema)));
  const settings: Record<string, unknown> = {};
  for (const [key, { rule, fix, fallback, secret, parse }] of Object.entries(schema)) {
    const text = given[key];
    settings[key] = text === undefined ? fallback : parse(text);
    if (settings[key] !== undefined) continue;
    const command = `pulumi config set ${secret ? '--secret ' : ''}${key} …`;
    complaints.push(complaint('STACK_CONFIG', key, secret ? undefined : text, rule, `${fix} ${command}`));
  }
  if (complaints.length > 0) throw new ProblemError(locate(where, complaints));
  return settings as Settings<Schema>;
}

export function text(rule: string, pattern: RegExp, fallback?: string): Setting<string> {
  return {
    rule, fix: fallback === undefined ? 'Set it:' : `Leave it out for ${fallback === '' ? 'none' : fallback}, or set it:`,
    ...(fallback !== undefined && { fallback }), parse: (value) => (pattern.test(value) ? value : undefined),
  };
}

export function oneOf<const T extends string>(values: readonly T[], fallback: T): Setting<T> {
  return {
    rule: `It is one of ${values.join(', ')}.`, fix: 'Choose one of these:', fallback, parse: (value) => values.find((each) => each === value),
  };
}

export function wholeNumber(first: number, last: number, fallback: number): Setting<number> {
  return {
    rule: `It is a whole number from ${first} to ${last}.`, fix: 'Set it:', fallback,
    parse: (value) => (/^\d+$/.test(value) && Number(value) >= first && Number(value) <= last ? Number(value) : undefined),
  };
}

export function flag(fallback: boolean): Setting<boolean> {
  return { rule: 'It is true or false.', fix: 'Set it:', fallback, parse: (value) => ({ true: true, false: false })[value] };
}

export function texts(rule: string, pattern: RegExp, fallback: readonly string[] = []): Setting<readonly string[]> {
  return {
    rule, fix: 'Set it with --path, item by item:', fallback,
    parse: (value) => {
      const items = json(value);
      return Array.isArray(items) && items.every((item): item is string => typeof item === 'string' && pattern.test(item)) ? items : undefined;
    },
  };
}

/** A text for each of these keys, or for some. */
export function textMap<const Key extends string>(keys: readonly Key[], rule: string, pattern: RegExp): Setting<Readonly<Partial<Record<Key, string>>>> {
  type Texts = Readonly<Partial<Record<Key, string>>>;
  const fits = (value: unknown): value is Texts => typeof value === 'object' && value !== null && !Array.isArray(value)
    && Object.entries(value).every(([key, item]) => (keys as readonly string[]).includes(key) && typeof item === 'string' && pattern.test(item));
  const none = {} as Texts;
  return {
    rule: `${rule} Keys are of ${keys.join(', ')}.`, fix: 'Set it with --path, key by key:', fallback: none,
    parse: (value) => {
      const map = json(value);
      return fits(map) ? map : undefined;
    },
  };
}

/** Secrets by name, each with its keys and values. */
export function secretTexts(rule: string): Setting<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;
  const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
  const fits = (value: unknown): value is Secrets => isMap(value)
    && Object.values(value).every((secret) => isMap(secret) && Object.values(secret).every((item) => typeof item === 'string'));
  return {
    rule, fix: 'Set it with --path, as secrets.NAME.KEY:', fallback: {}, secret: true,
    parse: (value) => {
      const secrets = json(value);
      return fits(secrets) ? secrets : undefined;
    },
  };
}

function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function unknownKey(key: string, known: readonly string[]): Complaint {
  const meant = nearest(key, known);
  return complaint('STACK_CONFIG', key, undefined, 'This stack has no such setting.', meant === undefined ? `It has ${known.join(', ')}.` : `Did you mean ${meant}?`);
}
