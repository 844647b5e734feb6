import { type Draft, toFindings } from '../findings/draft';
import { hasAnotherWay, pendingDraft } from '../hops/load-balancer';
import { rulesFor } from '../rules/rules';
import { worldRules } from '../rules/world';
import type { CheckReport, Trace } from '../trace';
import type { World } from '../world/world';
import { backendDrafts } from './backends';
import { followed } from './followed';

/** Options of {@link check}. */
export interface CheckOptions {
  /**
   * Ids of findings to leave out.
   *
   * @default []
   */
  readonly ignore?: readonly string[];
}

/** Traces every request that the manifests invite, and reads every object for what no request shows. Each finding once. */
export function check(world: World, options: CheckOptions = {}): CheckReport {
  const drafts: Draft[] = [];
  const requests: CheckReport['requests'][number][] = [];
  const add = (trace: Trace, found: readonly Draft[]): void => {
    drafts.push(...found);
    requests.push({ request: trace.request, from: trace.from, verdict: trace.verdict, symptom: trace.symptom });
  };
  for (const reference of followed(world)) {
    if ('draft' in reference) drafts.push(reference.draft);
    else add(reference.trace, reference.drafts);
  }
  for (const manifest of world.manifests.objects) drafts.push(...rulesFor(world, manifest));
  for (const service of world.services.values()) {
    const pending = pendingDraft(world, service);
    if (pending !== undefined) drafts.push({ ...pending, ...(hasAnotherWay(world, service) ? { severity: 'note' as const } : {}) });
  }
  drafts.push(...backendDrafts(world), ...worldRules(world));
  const ignored = new Set((options.ignore ?? []).map((id) => id.toUpperCase()));
  return { findings: toFindings(drafts.filter(({ id }) => !ignored.has(id))), requests: distinct(requests) };
}

function distinct(requests: readonly CheckReport['requests'][number][]): CheckReport['requests'][number][] {
  return [...new Map(requests.map((entry) => [`${entry.request}\0${entry.from}`, entry])).values()];
}
