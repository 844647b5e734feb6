/** One thing that is wrong with what a user wrote. Problems are collected and raised together: see {@link ProblemError}. */
export interface Problem {
  /** Stable id of the rule, e.g. `PORT_RANGE`. */
  readonly code: string;
  /** An error stops the synthesis; a warning is printed. */
  readonly severity: 'error' | 'warning';
  /** Where: a construct path and the property, or file:line. */
  readonly path: string;

  /**
   * What was given.
   *
   * @default none: something is missing
   */
  readonly value?: unknown;

  /** The rule that the value breaks, as a sentence. */
  readonly rule: string;
  /** What to write instead, as a sentence. */
  readonly fix: string;
}

/** A rule's complaint before it is known where it belongs: pure rules return these, constructs add their path. */
export type Complaint = Omit<Problem, 'path'> & {
  /** The property, relative to what the rule was given, e.g. `ports[1].port`. */
  readonly field: string;
};

/** An error about `field`, which was given as `value`. */
export function complaint(code: string, field: string, value: unknown, rule: string, fix: string): Complaint {
  return { code, severity: 'error', field, value, rule, fix };
}

/** The same as a warning, which does not stop anything. */
export function warning(code: string, field: string, value: unknown, rule: string, fix: string): Complaint {
  return { code, severity: 'warning', field, value, rule, fix };
}

/** Puts complaints in their place: `path` is the construct path or file. */
export function locate(path: string, complaints: readonly Complaint[]): Problem[] {
  return complaints.map(({ field, ...rest }) => ({ ...rest, path: [path, field].filter((part) => part !== '').join(' ') }));
}

/** `path: CODE value: rule Fix.` on one line, or two when it is long. */
export function formatProblem(problem: Problem): string {
  const value = problem.value === undefined ? '' : ` (${display(problem.value)})`;
  return `${problem.path}: ${problem.code}${value}: ${problem.rule}\n    fix: ${problem.fix}`;
}

function display(value: unknown): string {
  // JSON would write NaN as null.
  const text = typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** Every problem found, raised once and before anything is written or created. */
export class ProblemError extends Error {
  constructor(/** All of them, errors and warnings. */ readonly problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`${count}\n${problems.map((problem) => `  ${formatProblem(problem)}`).join('\n')}`);
    this.name = 'ProblemError';
  }
}

/** What a thrown value says of itself; JavaScript may throw anything. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
