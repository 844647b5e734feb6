import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, parseRequest, type Trace, type World } from '../../../src/explain';
import type { LiveObject } from '../cluster/api';
import { workFolder } from '../cluster/build';
import { type Received, send } from '../cluster/client';
import type { Ground } from '../cluster/ground';
import { placeText } from '../cluster/place';
import { worldOf } from './dump';
import type { Probe } from './probes';

/** Each request is sent as often: where the way splits, one answer says little. */
const TIMES = 4;

/** Whether one answer is what was foretold. */
export type Judge = (world: World, trace: Trace, received: Received, probe: Probe) => boolean | 'not said';

/** How often what came is not what was foretold, and for how many probes nothing was. */
export interface Agreement {
  readonly wrong: readonly string[];
  readonly notSaid: number;
}

/** Foretells every probe from a live dump, sends it, and compares. `name` is for what is printed and kept. */
export async function agreement(name: string, ground: Ground, objects: readonly LiveObject[], probes: readonly Probe[], judge: Judge): Promise<Agreement> {
  const world = worldOf(objects);
  const traces = probes.map(({ flag, sent }) => explain(world, parseRequest(sent.url, {
    from: flag, ...(sent.method !== undefined && { method: sent.method }), headers: Object.entries(sent.headers ?? {}).map(([header, value]) => `${header}: ${value}`),
  })));
  const answers = [...await answersTo(ground, probes)];
  const judged = (): readonly (readonly (boolean | 'not said')[])[] => probes.map((probe, index) => {
    const trace = traces[index];
    return trace === undefined ? [] : (answers[index] ?? []).map((received) => judge(world, trace, received, probe));
  });
  // Under the load of so many probes at once a connection may time out for no other reason: what disagrees is asked again.
  const again = judged().flatMap((each, index) => (each.includes(false) ? [index] : []));
  const second = await answersTo(ground, again.map((index) => probes[index] as Probe));
  again.forEach((index, place) => { answers[index] = second[place] ?? []; });
  const verdicts = judged();
  const notSaid = verdicts.filter((each) => each.includes('not said')).length;
  const wrong = probes.flatMap((probe, index) => {
    if (!verdicts[index]?.includes(false)) return [];
    const { verdict, symptom, backends } = traces[index] ?? {};
    return [`${requestText(probe)} from ${probe.flag}: foretold ${verdict} ${symptom ?? ''} ${(backends ?? []).map((backend) => `${backend.name}:${backend.port}`).join(' ')}, came ${outcomes(answers[index] ?? [])}`];
  });
  process.stderr.write(`explain agrees: ${probes.length} probes in ${name}, ${wrong.length} disagreements, ${notSaid} not foretold\n`);
  if (process.env.VERBOSE) traces.forEach((trace, index) => { if (verdicts[index]?.includes('not said')) process.stderr.write(`not foretold: ${trace.request} from ${trace.from}: ${JSON.stringify(trace.hops).match(/"verdict":"(?:depends|unknown)","text":"([^"]*)"(?!.*"verdict":"(?:depends|unknown)")/)?.[1]}\n`); });
  if (wrong.length > 0) keep(name, objects, probes.flatMap((probe, index) => (verdicts[index]?.includes(false) ? [{ probe, trace: traces[index], answers: answers[index] }] : [])));
  return { wrong, notSaid };
}

/** Sends them, all of one origin at once, each several times; the answers are in the order of the probes. */
async function answersTo(ground: Ground, probes: readonly Probe[]): Promise<readonly (readonly Received[])[]> {
  const byOrigin = new Map<string, { readonly probe: Probe; readonly index: number }[]>();
  probes.forEach((probe, index) => {
    const group = byOrigin.get(placeText(probe.from)) ?? [];
    byOrigin.set(placeText(probe.from), group);
    group.push({ probe, index });
  });
  const answers: (readonly Received[])[] = [];
  const origins = [...byOrigin.values()];
  const next = async (): Promise<void> => {
    for (let group = origins.pop(); group; group = origins.pop()) {
      const [first] = group;
      if (!first) continue;
      const received = await send(ground, first.probe.from, group.flatMap(({ probe }) => Array.from({ length: TIMES }, () => probe.sent)));
      group.forEach(({ index }, place) => { answers[index] = received.slice(place * TIMES, (place + 1) * TIMES); });
    }
  };
  await Promise.all(Array.from({ length: 6 }, next));
  return answers;
}

function requestText({ sent: { method, url, headers } }: Probe): string {
  return [method, url, headers && Object.keys(headers).length > 0 ? JSON.stringify(headers) : undefined].filter((part) => part !== undefined).join(' ');
}

function outcomes(answers: readonly Received[]): string {
  return [...new Set(answers.map(({ symptom, status, location, body }) => symptom ?? `${status} ${location ?? (body ?? '').slice(0, 160).trim()}`))].join(' | ');
}

/** What it takes to look at a disagreement again without the cluster. */
function keep(name: string, objects: unknown, wrong: unknown): void {
  const folder = join(workFolder, 'disagreements', name.replace(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'dump.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong, null, 2));
}
