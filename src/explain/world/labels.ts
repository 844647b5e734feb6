import { isFields, list, strings, text } from '../../manifest/fields';

/** yes and no are proved by the input; unknown is not. */
export type Tri = 'yes' | 'no' | 'unknown';

export type Labels = Readonly<Record<string, string>>;

/** One requirement on one label. `values` is empty for Exists and DoesNotExist. */
interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** A LabelSelector (meta/v1): all requirements hold. No requirement selects everything. */
export interface Selector {
  readonly requirements: readonly Requirement[];
}

/** Reads `{matchLabels, matchExpressions}`; undefined when there is none, which is not the same as an empty one. */
export function parseSelector(value: unknown): Selector | undefined {
  if (!isFields(value)) return undefined;
  const requirements: Requirement[] = equalities(strings(value['matchLabels']));
  for (const entry of list(value['matchExpressions'])) {
    if (!isFields(entry)) continue;
    const key = text(entry['key']);
    const operator = text(entry['operator']);
    if (key === undefined) continue;
    if (operator === 'In' || operator === 'NotIn' || operator === 'Exists' || operator === 'DoesNotExist') {
      requirements.push({ key, operator, values: list(entry['values']).map(String) });
    }
  }
  return { requirements };
}

function equalities(labels: Labels): Requirement[] {
  return Object.keys(labels).map((key) => ({ key, operator: 'In', values: [labels[key] ?? ''] }));
}

export function matches(selector: Selector, labels: Labels): boolean {
  return selector.requirements.every((requirement) => holds(requirement, labels[requirement.key]));
}

/** As {@link matches}, for an object of which only some labels are known. */
export function matchesPartly(selector: Selector, known: Labels): Tri {
  let verdict: Tri = 'yes';
  for (const requirement of selector.requirements) {
    const value = known[requirement.key];
    if (value === undefined) verdict = 'unknown';
    else if (!holds(requirement, value)) return 'no';
  }
  return verdict;
}

function holds({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: { const never: never = operator; return never; }
  }
}

export function hasAll(labels: Labels, wanted: Labels): boolean {
  for (const key of Object.keys(wanted)) if (labels[key] !== wanted[key]) return false;
  return true;
}

/** `app=web,tier=front` */
export function labelsText(labels: Labels): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}

/** Things with labels, found by an equality selector through its rarest label instead of by a scan. */
export class LabelIndex<T extends { readonly namespace: string; readonly labels: Labels }> {
  private readonly byLabel = new Map<string, T[]>();
  private readonly byNamespace = new Map<string, T[]>();

  constructor(things: Iterable<T>) {
    for (const thing of things) {
      append(this.byNamespace, thing.namespace, thing);
      for (const key of Object.keys(thing.labels)) append(this.byLabel, `${thing.namespace}\0${key}\0${thing.labels[key]}`, thing);
    }
  }

  inNamespace(namespace: string): readonly T[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** Every thing of a namespace with all of these labels; without labels there is none, as a Service without a selector selects nothing. */
  withAll(namespace: string, wanted: Labels): readonly T[] {
    let rarest: readonly T[] | undefined;
    for (const key of Object.keys(wanted)) {
      const things = this.byLabel.get(`${namespace}\0${key}\0${wanted[key]}`) ?? [];
      if (rarest === undefined || things.length < rarest.length) rarest = things;
    }
    return (rarest ?? []).filter((thing) => hasAll(thing.labels, wanted));
  }

  /** Every thing of a namespace that a selector matches. */
  selected(namespace: string, selector: Selector): readonly T[] {
    const equal = selector.requirements.find(({ operator, values }) => operator === 'In' && values.length === 1);
    const candidates = equal === undefined
      ? this.inNamespace(namespace)
      : this.byLabel.get(`${namespace}\0${equal.key}\0${equal.values[0]}`) ?? [];
    return candidates.filter((thing) => matches(selector, thing.labels));
  }
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
