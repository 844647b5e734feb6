import type { Severity } from '../trace';

/** What is known of a finding apart from where it was found: the text of `ladder explain --id`. */
export interface FindingRule {
  /** Stable: a baseline, a CI job or a comment may name it. */
  readonly id: string;
  /** As it is when the input proves it; less where it is only likely. */
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Why this breaks, or may: the mechanism. */
  readonly why: string;
  /** The smallest manifest (or request) that has it. */
  readonly example: string;
  /** What to write instead. */
  readonly fix: string;
}
