import { type Draft, toFindings } from '../findings/draft';
import { follow } from '../explain';
import { hasAnotherWay, pendingDraft, providerOf } from '../hops/load-balancer';
import { rulesFor } from '../rules/rules';
import { worldRules } from '../rules/world';
import type { CheckReport, Trace } from '../trace';
import type { World } from '../world/world';
import { admittedClient } from './clients';
import { entryPoints, referencesIn } from './entry-points';
import { judgeReference } from './references';

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
  for (const { request, namespace, service, guessed } of entryPoints(world)) {
    const first = follow(world, request, { namespace });
    const client = first.trace.verdict === 'depends' && service !== undefined ? admittedClient(world, service.service, service.port) : undefined;
    // Where policies admit some pods only, one of these is who the way in is for.
    const { trace, notes } = client === undefined ? first
      : follow(world, { ...request, from: { kind: 'pod', namespace: client.namespace, name: client.workload.name } }, { namespace });
    // A port that policies close to everybody is no way in; only a policy that meant to open it is worth telling.
    const ids = new Set(notes.drafts.map(({ id }) => id));
    const closed = request.from?.kind === 'pod' && trace.symptom === 'timeout' && notes.drafts.every(({ id, severity }) => id === 'NET004' || severity === 'warning');
    const missed = guessed && ids.has('ING006');
    if (!closed && !missed) add(trace, notes.drafts.filter(({ id }) => id !== 'ING006' && id !== 'RTE004'));
  }
  for (const reference of referencesIn(world)) {
    const { request, draft } = judgeReference(world, reference);
    if (draft !== undefined) drafts.push(draft);
    if (request === undefined) continue;
    const { trace, notes } = follow(world, request, { namespace: reference.pod.namespace });
    add(trace, notes.drafts);
  }
  for (const manifest of world.manifests.objects) drafts.push(...rulesFor(world, manifest));
  for (const service of world.services.values()) {
    if (service.type === 'LoadBalancer' && service.balancerAddresses.length === 0 && providerOf({ world }, service) === false) {
      drafts.push({ ...pendingDraft(service, world.platform), ...(hasAnotherWay(world, service) ? { severity: 'note' as const } : {}) });
    }
  }
  drafts.push(...worldRules(world));
  const ignored = new Set((options.ignore ?? []).map((id) => id.toUpperCase()));
  return { findings: toFindings(drafts.filter(({ id }) => !ignored.has(id))), requests: distinct(requests) };
}

function distinct(requests: readonly CheckReport['requests'][number][]): CheckReport['requests'][number][] {
  return [...new Map(requests.map((entry) => [`${entry.request}\0${entry.from}`, entry])).values()];
}
