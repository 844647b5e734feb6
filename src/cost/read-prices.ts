import { type Fields, at, fields, isFields, text } from '../manifest/fields';
import { nearest } from '../model/names';
import { type Complaint, ProblemError, complaint, locate } from '../model/problem';
import type { PriceList, Unit } from './prices';

/** What stands under a key: the rule for it, and whether it must be there. */
type Shape = Readonly<Record<string, { readonly rule: Rule; readonly optional?: boolean }>>;
type Rule = (value: unknown, path: string, known: Known) => readonly Complaint[];

/** What rules ask about the rest of the list. */
interface Known {
  readonly sources: readonly string[];
  readonly regions: readonly string[];
}

/**
 * Takes a list of prices as it was parsed from JSON.
 *
 * @throws ProblemError with every mistake in it, each with file and field
 */
export function readPrices(value: unknown, file: string): PriceList {
  const known: Known = { sources: Object.keys(fields(at(value, 'sources'))), regions: Object.keys(fields(at(value, 'regions'))) };
  const problems = locate(file, list(value, '', known));
  if (problems.length > 0) throw new ProblemError(problems);
  return value as PriceList;
}

const wrong = (path: string, value: unknown, rule: string, fix: string): readonly Complaint[] => [complaint('PRICES_FIELD', path, value, rule, fix)];
const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function object(shape: Shape): Rule {
  return (value, path, known) => {
    if (!isFields(value)) return wrong(path, value, `${path || 'A price list'} is an object.`, `Give it ${Object.keys(shape).filter((key) => shape[key]?.optional !== true).join(', ')}.`);
    return [...unknownKeys(value, shape, path), ...Object.entries(shape).flatMap(([key, { rule, optional }]) => {
      if (value[key] !== undefined) return rule(value[key], below(path, key), known);
      return optional === true ? [] : wrong(below(path, key), undefined, `${below(path, key)} is missing.`, 'Add it; ladder cost --print-prices shows a whole list.');
    })];
  };
}

function unknownKeys(value: Fields, shape: Shape, path: string): readonly Complaint[] {
  return Object.keys(value).filter((key) => !Object.hasOwn(shape, key)).flatMap((key) => {
    const meant = nearest(key, Object.keys(shape));
    return wrong(below(path, key), value[key], `There is no such field; there ${Object.keys(shape).length === 1 ? 'is' : 'are'} ${Object.keys(shape).join(', ')}.`, meant === undefined ? 'Leave it out.' : `Did you mean ${meant}?`);
  });
}

/** Any keys, each with the same kind of value; at least one. */
function each(rule: Rule, example: string): Rule {
  return (value, path, known) => (isFields(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, one]) => rule(one, below(path, key), known))
    : wrong(path, value, `${path} is an object with at least one entry.`, `Write for example ${example}.`));
}

const words: Rule = (value, path) => (text(value)?.trim() ? [] : wrong(path, value, `${path} is a text.`, 'Write some.'));

function matching(pattern: RegExp, rule: string, fix: string): Rule {
  return (value, path) => (pattern.test(text(value) ?? '') ? [] : wrong(path, value, `${path} is ${rule}.`, fix));
}

/** Where there is no key to choose, that alone is the mistake, and not each place that would name one. */
function keyOf(value: unknown, path: string, holder: keyof Known, keys: readonly string[]): readonly Complaint[] {
  const named = text(value);
  return named !== undefined && (keys.length === 0 || keys.includes(named)) ? [] : wrong(path, value, `${path} is a key of ${holder}.`, `Use ${keys.join(', ') || 'the one that you add'}.`);
}

function oneOf(...allowed: readonly string[]): Rule {
  return (value, path) => (allowed.includes(text(value) ?? '') ? [] : wrong(path, value, `${path} is one of ${allowed.join(', ')}.`, 'Choose one of these.'));
}

const atLeastOne: Rule = (value, path) => (Number.isSafeInteger(value) && (value as number) >= 1 ? [] : wrong(path, value, `${path} is a whole number from 1.`, 'Write e.g. 5.'));
const amount: Rule = (value, path) => (typeof value === 'number' && value >= 0 && value <= 1e6 ? [] : wrong(path, value, `${path} is a number from 0 to 1000000.`, 'Write e.g. 0.025, without a currency.'));
const source: Rule = (value, path, { sources }) => keyOf(value, path, 'sources', sources);
const region: Rule = (value, path, { regions }) => keyOf(value, path, 'regions', regions);
const price = (unit: Unit): Rule => object({ amount: { rule: amount }, unit: { rule: oneOf(unit) }, source: { rule: source } });
const rules = object({ included: { rule: atLeastOne }, first: { rule: price('hour') }, additional: { rule: price('hour') } });

const list = object({
  $schema: { rule: words, optional: true },
  provider: { rule: words },
  counts: { rule: oneOf('gke', 'services') },
  currency: { rule: matching(/^[A-Z]{3}$/, 'a currency of three letters', 'Write e.g. USD.') },
  defaultRegion: { rule: region },
  firstRules: { rule: oneOf('together', 'each', 'unclear') },
  sources: {
    rule: each(object({
      page: { rule: words },
      read: { rule: matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day', 'Write e.g. "2026-09-20".') },
      note: { rule: words, optional: true },
    }), '{"contract": {"page": "our contract", "read": "2026-09-20"}}'),
  },
  clusterFee: { rule: price('hour'), optional: true },
  global: { rule: object({ rules: { rule: rules } }) },
  regions: {
    rule: each(object({
      rules: { rule: rules },
      dataProcessed: { rule: price('GiB') },
      proxies: { rule: object({ least: { rule: atLeastOne }, each: { rule: price('hour') } }), optional: true },
      nodes: { rule: object({ vcpu: { rule: price('vCPU-hour') }, memory: { rule: price('GiB-hour') } }), optional: true },
    }), '{"europe-west3": {…}}'),
  },
});
