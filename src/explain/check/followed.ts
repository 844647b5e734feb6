import type { Draft } from '../findings/draft';
import { type Followed, conclude, follow } from '../explain';
import type { Trace } from '../trace';
import type { World } from '../world/world';
import { admittedClient } from './clients';
import { entryPoints, referencesIn } from './entry-points';
import { judgeReference } from './references';

/** A request that the manifests invite, as far as it got, and what of it counts in a check; or an address that leads to no request. */
export type Invited = (Followed & { readonly drafts: readonly Draft[]; readonly trace: Trace }) | { readonly draft: Draft };

/** Follows every request that the manifests invite: the ways in, then the addresses that containers are given. */
export function* followed(world: World): Generator<Invited> {
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
    if (!closed && !missed) yield { trace, notes, drafts: notes.drafts.filter(({ id }) => id !== 'ING006' && id !== 'RTE004') };
  }
  for (const reference of referencesIn(world)) {
    const { request, draft } = judgeReference(world, reference);
    if (draft !== undefined) yield { draft };
    if (request === undefined) continue;
    const { trace, notes } = follow(world, request, { namespace: reference.pod.namespace });
    yield { trace, notes, drafts: notes.drafts };
  }
}

/** The whole answer to each of these requests, once. */
export function explainInvited(world: World): Trace[] {
  const traces = new Map<string, Trace>();
  for (const invited of followed(world)) {
    if ('trace' in invited) traces.set(`${invited.trace.request}\0${invited.trace.from}`, conclude(world, invited));
  }
  return [...traces.values()];
}
