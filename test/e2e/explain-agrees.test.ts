import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { explain, parseRequest } from '../../src/explain';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { cases } from './cases';
import { Api } from './cluster/api';
import { workFolder } from './cluster/build';
import { type Received, send } from './cluster/client';
import { type Ground, ground as groundOf } from './cluster/ground';
import { placeText } from './cluster/place';
import { namespacesGone, nodesOf, rolledOut, until } from './cluster/wait';
import { dump, worldOf } from './topology/dump';
import { objectsOf } from './topology/objects';
import { type Probe, probesOf } from './topology/probes';
import { topology } from './topology/topology';
import { foretold, rejectMayBeDropped } from './topology/verdict';

const NAMESPACES = 8;
const PROBES = 80;
const ROUNDS = cases(1).numRuns ?? 1;
/** Each request is sent as often: where the way splits, one answer says little. */
const TIMES = 4;

let api: Api;
let ground: Ground;

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, ['shop', 'traefik']);
  const app = new App();
  const environment = new Environment(app, 'front', { platform: kind() });
  new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } }) });
  for (const { object } of collect(app).objects) await api.apply(object);
  await rolledOut(api, 'traefik');
});
afterAll(async () => {
  if (!api) return;
  await namespacesGone(api, ['traefik', ...Array.from({ length: NAMESPACES }, (_, index) => `t${index}`)]);
  api.close();
});

it.each(Array.from({ length: ROUNDS }, (_, round) => round))('foretells what becomes of every request, in random topologies (round %i)', async (round) => {
  const seed = (cases(1).seed ?? 1) + round * 1000;
  const workers = (await nodesOf(api)).filter(({ worker }) => worker).map(({ name }) => name);
  const namespaces = Array.from({ length: NAMESPACES }, (_, index) => `t${index}`);
  await namespacesGone(api, namespaces);
  const topologies = fc.sample(topology, { numRuns: NAMESPACES, seed });
  await Promise.all(topologies.map(async (each, index) => {
    const [namespace, ...objects] = objectsOf(`t${index}`, each, workers);
    if (namespace) await api.apply(namespace);
    for (const object of objects) await api.apply(object);
  }));
  await settled(namespaces);

  const objects = await dump(api);
  const world = worldOf(objects);
  const probes = namespaces.flatMap((namespace, index) => some(PROBES, probesOf(namespace, objects), seed + index));
  const traces = probes.map(({ flag, sent }) => explain(world, parseRequest(sent.url, { from: flag })));
  const answers = [...await answersTo(probes)];
  const judge = (): readonly (readonly (boolean | 'not said')[])[] => traces.map((trace, index) => (answers[index] ?? []).map((received) => foretold(trace, received, rejectMayBeDropped(world, trace))));
  // Under the load of so many probes at once a connection may time out for no other reason: what disagrees is asked again.
  const again = judge().flatMap((each, index) => (each.includes(false) ? [index] : []));
  const second = await answersTo(again.map((index) => probes[index] as Probe));
  again.forEach((index, place) => { answers[index] = second[place] ?? []; });
  const verdicts = judge();
  const notSaid = verdicts.filter((each) => each.includes('not said')).length;
  const wrong = probes.flatMap((probe, index) => {
    if (!verdicts[index]?.includes(false)) return [];
    const { verdict, symptom, backends } = traces[index] ?? {};
    return [`${probe.sent.url} from ${probe.flag}: foretold ${verdict} ${symptom ?? ''} ${(backends ?? []).map(({ name, port }) => `${name}:${port}`).join(' ')}, came ${outcomes(answers[index] ?? [])}`];
  });
  process.stderr.write(`explain agrees: ${probes.length} probes in round ${round}, ${wrong.length} disagreements, ${notSaid} not foretold\n`);
  if (process.env.VERBOSE) traces.forEach((trace, index) => { if (verdicts[index]?.includes('not said')) process.stderr.write(`not foretold: ${trace.request} from ${trace.from}: ${JSON.stringify(trace.hops).match(/"verdict":"(?:depends|unknown)","text":"([^"]*)"(?!.*"verdict":"(?:depends|unknown)")/)?.[1]}\n`); });
  if (wrong.length > 0) keep(round, objects, probes.flatMap((probe, index) => (verdicts[index]?.includes(false) ? [{ probe, trace: traces[index], answers: answers[index] }] : [])));
  expect(wrong).toEqual([]);
  // A prophet who never commits himself is never wrong.
  expect(notSaid).toBeLessThan(probes.length / 20);
}, 600_000);

/** At most so many of them, by chance. */
function some<T>(count: number, all: readonly T[], seed: number): readonly T[] {
  const length = Math.min(count, all.length);
  return fc.sample(fc.shuffledSubarray([...all], { minLength: length, maxLength: length }), { numRuns: 1, seed }).flat();
}

/** Until every pod runs, those that can be ready are, and what follows them (endpoints, rules of nodes and policies) had its time. */
async function settled(namespaces: readonly string[]): Promise<void> {
  await until('the pods of the topologies run', async () => {
    const all = await dump(api);
    return namespaces.every((namespace) => {
      const wanted = all.filter(({ kind: of, metadata }) => of === 'Deployment' && metadata.namespace === namespace).reduce((sum, { spec }) => sum + (spec as { readonly replicas: number }).replicas, 0);
      const pods = all.filter(({ kind: of, metadata }) => of === 'Pod' && metadata.namespace === namespace);
      return pods.length === wanted && pods.every(settledPod);
    });
  }, 240);
  await new Promise((resolve) => setTimeout(resolve, 6000));
}

function settledPod({ spec, status }: { readonly [field: string]: unknown }): boolean {
  const { containers } = spec as { readonly containers: readonly { readonly readinessProbe: { readonly httpGet: { readonly path: string } } }[] };
  const { phase, conditions } = status as { readonly phase: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  const ready = conditions?.some(({ type, status: now }) => type === 'Ready' && now === 'True') ?? false;
  return phase === 'Running' && ready === (containers[0]?.readinessProbe.httpGet.path === '/');
}

/** Sends them, all of one origin at once, each several times; the answers are in the order of the probes. */
async function answersTo(probes: readonly Probe[]): Promise<readonly (readonly Received[])[]> {
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

function outcomes(answers: readonly Received[]): string {
  return [...new Set(answers.map(({ symptom, status, body }) => symptom ?? `${status} ${(body ?? '').slice(0, 160).trim()}`))].join(' | ');
}

/** What it takes to look at a disagreement again without the cluster. */
function keep(round: number, objects: unknown, wrong: unknown): void {
  const folder = join(workFolder, 'disagreements', String(round));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'dump.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong, null, 2));
}
