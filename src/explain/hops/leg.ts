import type { Alternative, Backend, Hop, HopKind, Symptom, Verdict } from '../trace';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { refOf } from '../findings/draft';

/** What became of a request from some hop on. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly symptom: Symptom | null;
  readonly status?: number;
  readonly backends: readonly Backend[];
}

/** A hop and what became of the request behind it. */
export interface Leg {
  readonly hop: Hop;
  readonly outcome: Outcome;
}

/** What a hop shows, apart from its verdict and what follows. */
export interface HopView {
  readonly kind: HopKind;
  readonly text: string;
  readonly at?: Manifest | undefined;
  readonly path?: FieldPath;
  readonly from?: string;
  readonly to?: string;
  readonly considered?: readonly Alternative[];
}

function hopOf(view: HopView, verdict: Verdict, next: readonly Hop[]): Hop {
  const { kind, text, at, path, from, to, considered } = view;
  return {
    kind, verdict, text,
    ...(at === undefined ? {} : { object: refOf(at), file: at.file, line: path === undefined ? at.line : at.lineOf(path) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(considered === undefined || considered.length === 0 ? {} : { considered }),
    next,
  };
}

/** The way ends well: something answers, a backend or the front itself. */
export function answered(view: HopView, backends: readonly Backend[], status?: number): Leg {
  return { hop: hopOf(view, 'ok', []), outcome: { verdict: 'ok', symptom: null, backends, ...(status === undefined ? {} : { status }) } };
}

/** The way ends here. */
export function broken(view: HopView, symptom: Symptom): Leg {
  const status = /^http-(\d+)$/.exec(symptom)?.[1];
  return {
    hop: hopOf(view, 'broken', []),
    outcome: { verdict: 'broken', symptom, backends: [], ...(status === undefined ? {} : { status: Number(status) }) },
  };
}

/** The input does not say how it goes on (unknown), or it hangs on something no manifest says (depends). */
export function unsure(view: HopView, verdict: 'unknown' | 'depends', backends: readonly Backend[] = []): Leg {
  return { hop: hopOf(view, verdict, []), outcome: { verdict, symptom: null, backends } };
}

/** A hop that passes the request on; to several children, load balancing chooses. */
export function passed(view: HopView, next: Leg | readonly Leg[]): Leg {
  const legs = 'hop' in next ? [next] : next;
  const outcome = balanced(legs.map((leg) => leg.outcome));
  const mixed = outcome.verdict === 'partial' && legs.every((leg) => leg.outcome.verdict !== 'partial');
  return { hop: hopOf(view, mixed ? 'partial' : 'ok', legs.map((leg) => leg.hop)), outcome };
}

/** A hop that may or may not pass the request on. */
export function doubted(view: HopView, verdict: 'unknown' | 'depends', next: Leg): Leg {
  return { hop: hopOf(view, verdict, [next.hop]), outcome: weakened(next.outcome, verdict) };
}

/** One of these happens, and nothing in the input says which. */
export function either(view: HopView, legs: readonly Leg[]): Leg {
  return {
    hop: hopOf(view, 'depends', legs.map((leg) => leg.hop)),
    outcome: { verdict: 'depends', symptom: null, backends: unique(legs.flatMap((leg) => leg.outcome.backends)) },
  };
}

/** A hop that passes on some of the attempts and fails the others with a symptom. */
export function halved(view: HopView, symptom: Symptom, next: Leg): Leg {
  const { outcome } = next;
  const verdict = outcome.verdict === 'broken' ? 'broken' : 'partial';
  return { hop: hopOf(view, 'partial', [next.hop]), outcome: { ...outcome, verdict, symptom: outcome.symptom ?? symptom } };
}

/** The same leg with what the client sees translated, as a proxy in between does. */
export function translated(leg: Leg, translate: (symptom: Symptom) => { readonly symptom: Symptom; readonly status?: number }): Leg {
  const { outcome } = leg;
  if (outcome.symptom === null || (outcome.status !== undefined && outcome.verdict === 'broken')) return leg;
  const { symptom, status } = translate(outcome.symptom);
  return { hop: leg.hop, outcome: { ...outcome, symptom, ...(status === undefined || outcome.verdict !== 'broken' ? {} : { status }) } };
}

function weakened(outcome: Outcome, verdict: 'unknown' | 'depends'): Outcome {
  if (outcome.verdict === 'broken' || outcome.verdict === 'partial' || outcome.verdict === 'unknown') return outcome;
  return { ...outcome, verdict, symptom: null };
}

/** One of these happens to each attempt. */
function balanced(outcomes: readonly Outcome[]): Outcome {
  const [first, ...rest] = outcomes;
  if (first === undefined) return { verdict: 'unknown', symptom: null, backends: [] };
  if (rest.length === 0) return first;
  const verdicts = new Set(outcomes.map((outcome) => outcome.verdict));
  const backends = unique(outcomes.flatMap((outcome) => outcome.backends));
  const failing = outcomes.find((outcome) => outcome.symptom !== null);
  const statuses = new Set(outcomes.map((outcome) => outcome.status));
  const [status] = statuses;
  const shared = statuses.size === 1 && status !== undefined ? { status } : {};
  const verdict: Verdict = verdicts.size === 1 ? first.verdict
    : verdicts.has('partial') || (verdicts.has('broken') && verdicts.has('ok')) ? 'partial'
      : verdicts.has('unknown') ? 'unknown' : 'depends';
  const fails = verdict === 'broken' || verdict === 'partial';
  return { verdict, symptom: fails ? failing?.symptom ?? null : null, backends, ...shared };
}

function unique(backends: readonly Backend[]): Backend[] {
  const seen = new Map(backends.map((backend) => [`${backend.kind}/${backend.namespace}/${backend.name}/${backend.port}`, backend]));
  return [...seen.values()];
}
