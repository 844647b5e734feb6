import { apiGroup } from '../../manifest/object';
import type { Finding } from '../trace';

/**
 * What a finding is called from one commit to the next: its id and its object as kubectl names it, without file, line or wording, so
 * that moving a manifest or upgrading ladder makes no finding new. Several of one name are told apart by their number.
 */
export function fingerprint({ id, object }: Finding): string {
  const group = apiGroup(object.apiVersion);
  const kind = group === '' ? object.kind : `${object.kind}.${group}`;
  return `${id} ${kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
}

/** Each finding with how many of the same fingerprint came before it. */
export function withOrdinals(findings: readonly Finding[]): readonly { readonly finding: Finding; readonly key: string; readonly ordinal: number }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = fingerprint(finding);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { finding, key, ordinal };
  });
}
