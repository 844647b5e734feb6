import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import type { Finding, ObjectRef, Severity } from '../trace';
import { findingRule } from './catalogue';

/** A finding before its line is looked up. */
export interface Draft {
  readonly id: string;
  /** @default the catalogue's */
  readonly severity?: Severity;
  readonly at: Manifest;
  readonly path?: FieldPath;
  readonly message: string;
  /** @default the catalogue's */
  readonly fix?: string;
}

export function refOf({ object }: Manifest): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }), name: metadata.name };
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Findings once each: by severity, then id, then place. The same finding seen on several ways keeps its worst severity. */
export function toFindings(drafts: Iterable<Draft>): Finding[] {
  const found = new Map<string, Finding>();
  for (const draft of drafts) {
    const rule = findingRule(draft.id);
    if (rule === undefined) throw new Error(`no finding has the id ${draft.id}`);
    const severity = draft.severity ?? rule.severity;
    const ref = refOf(draft.at);
    const key = [draft.id, ref.kind, ref.namespace, ref.name, draft.at.file, (draft.path ?? []).join('.'), draft.message].join('\0');
    const before = found.get(key);
    if (before !== undefined && rank[before.severity] <= rank[severity]) continue;
    found.set(key, {
      id: draft.id, severity, message: draft.message, fix: draft.fix ?? rule.fix, object: ref, file: draft.at.file,
      line: draft.path === undefined ? draft.at.line : draft.at.lineOf(draft.path),
    });
  }
  return [...found.values()].sort((a, b) =>
    rank[a.severity] - rank[b.severity] || compare(a.id, b.id) || compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
