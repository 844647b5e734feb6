// npm run bench [-- --runs 5 --sizes 1,100,1000,10000 --only rendering|explain]: the same objects, rendered by ladder, cdk8s, Helm and kustomize. Whole processes, run in turn, so
// that a busy machine is busy for all of them; what counts are the ratios of neighbouring runs.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { benchExplain } from './explain.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, sizes: { type: 'string', default: '1,100,1000,10000' }, only: { type: 'string' } } });
const SIZES = values.sizes.split(',').map(Number);
const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const work = mkdtempSync(join(tmpdir(), 'ladder-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const ladder = join(root, 'dist/bin/ladder.js');
if (!existsSync(ladder)) throw new Error('There is no dist/bin/ladder.js: run npm run build first.');
await build({
  entryPoints: ['app', 'cdk8s'].map((name) => join(root, `bench/${name}.ts`)), outdir: work,
  bundle: true, platform: 'node', target: 'node20', minifySyntax: true, minifyWhitespace: true, logLevel: 'warning',
});

const helm = findTool('helm');
const kustomize = findTool('kustomize');

/** Beyond these numbers of services a tool takes minutes: cdk8s does the whole app again for every chart, kustomize compares every pair. */
const MOST = { cdk8s: 1000, cdk8sCharts: 100, kustomize: 1000 };
/** How often a run of several seconds is repeated. */
const SLOW = { seconds: 5, runs: 1 };

function toolsFor(services) {
  const env = { ...process.env, BENCH_SERVICES: String(services), CDK8S_OUTDIR: join(work, `cdk8s-${services}`) };
  const tree = join(work, `tree-${services}`);
  const chart = join(work, `chart-${services}`);
  const app = join(work, 'app.js');
  const tools = [
    { name: 'ladder', command: [process.execPath, ladder, 'synth', '--app', app, '--stdout'], env },
    { name: 'ladder, to files', command: [process.execPath, ladder, 'synth', '--app', app, '--no-findings', '--out', join(work, `out-${services}`)], env, before: () => rmSync(join(work, `out-${services}`), { recursive: true, force: true }) },
  ];
  execFileSync(process.execPath, [ladder, 'synth', '--app', app, '--no-findings', '--out', tree], { env, stdio: 'ignore' });
  const cdk8s = [process.execPath, join(work, 'cdk8s.js')];
  if (services <= MOST.cdk8s) tools.push({ name: 'cdk8s synth', command: cdk8s, env });
  const each = { ...env, BENCH_CHARTS: 'each', CDK8S_OUTDIR: join(work, `cdk8s-each-${services}`) };
  if (services <= (SIZES.length === 1 ? MOST.cdk8s : MOST.cdk8sCharts)) {
    tools.push({ name: 'ladder, a chart for each service', command: tools[0].command, env: each }, { name: 'cdk8s synth, a chart for each service', command: cdk8s, env: each });
  }
  if (helm) {
    writeChart(chart, services, env);
    tools.push({ name: 'helm template', command: [helm, 'template', 'bench', chart], env });
  }
  if (kustomize && services <= MOST.kustomize) tools.push({ name: 'kustomize build', command: [kustomize, 'build', join(tree, 'bench')], env });
  return tools;
}

/** A chart as one would write it: the objects of one service as a template, for each name in the values. */
function writeChart(chart, services, env) {
  const one = execFileSync(process.execPath, [ladder, 'synth', '--app', join(work, 'app.js'), '--stdout'], { env: { ...env, BENCH_SERVICES: '1' }, encoding: 'utf8' });
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), `services:\n${Array.from({ length: services }, (_, index) => `  - svc-${index}\n`).join('')}`);
  writeFileSync(join(chart, 'templates/services.yaml'), `{{- range .Values.services }}\n---\n${one.replaceAll('svc-0', '{{ . }}')}{{- end }}\n`);
}

/** Seconds; and where /usr/bin/time can tell, seconds of processor and megabytes at the peak. */
function measure({ command: [file, ...args], env, before, fine = [0] }) {
  before?.();
  const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', ['-f', '%U %S %M', file, ...args]] : [file, args];
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(timed[0], timed[1], { env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (!fine.includes(status)) throw new Error(`${file} ${args.join(' ')} failed: ${error ?? stderr}`);
  const [user, system, kilobytes] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, processor: user + system, megabytes: kilobytes / 1024 };
}

function compare(services) {
  const tools = toolsFor(services).map((tool) => ({ ...tool, runs: [] }));
  for (let run = 0; run < Number(values.runs); run++) {
    for (const tool of tools) {
      const slow = tool.runs.some(({ seconds }) => seconds > SLOW.seconds) && tool !== tools[0];
      if (!slow || tool.runs.length < SLOW.runs) tool.runs.push(measure(tool));
    }
  }
  const [ours] = tools;
  for (const tool of tools) {
    const middle = (what) => median(tool.runs.map((run) => run[what]));
    const ratio = (what) => median(tool.runs.map((run, index) => run[what] / ours.runs[index][what]));
    console.log(`| ${[
      services.toLocaleString('en'), tool.name, `${middle('seconds').toFixed(2)} s`, `${ratio('seconds').toFixed(2)} ×`,
      `${middle('processor').toFixed(2)} s`, `${ratio('processor').toFixed(2)} ×`, `${Math.round(middle('megabytes'))} MB`, tool.runs.length,
    ].join(' | ')} |`);
  }
  return median(ours.runs.map(({ processor, seconds }) => (Number.isFinite(processor) ? processor : seconds)));
}

/** Whether all really render the same: the sorted objects of each, as JSON. */
function checkSame(services) {
  const digests = toolsFor(services).map(({ name, command: [file, ...args], env }) => {
    const printed = execFileSync(file, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
    const text = name === 'ladder, to files' ? readAll(join(work, `out-${services}/bench`)) : name.startsWith('cdk8s synth') ? readAll(env.CDK8S_OUTDIR) : printed;
    const objects = parseAllDocuments(text).map((document) => document.toJSON()).filter((object) => object?.metadata).map((object) => JSON.stringify(sorted(object))).sort();
    return { name, count: objects.length, digest: createHash('sha256').update(objects.join()).digest('hex') };
  });
  const odd = digests.filter(({ digest }) => digest !== digests[0].digest);
  if (odd.length > 0) throw new Error(`Not the same objects: ${JSON.stringify(digests, null, 2)}`);
  return digests[0].count / services;
}

function readAll(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && !/^(kustomization|kind-cluster)/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8')).join('---\n');
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
}

function median(numbers) {
  const ordered = [...numbers].sort((a, b) => a - b);
  return (ordered[(ordered.length - 1) >> 1] + ordered[ordered.length >> 1]) / 2;
}

function findTool(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), process.env.GOBIN, process.env.GOPATH && join(process.env.GOPATH, 'bin')];
  return folders.filter(Boolean).map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function startOnly(args) {
  const env = { ...process.env, BENCH_SERVICES: '0' };
  return median(Array.from({ length: 2 * Number(values.runs) }, () => measure({ command: [process.execPath, ...args], env }).processor));
}

if (values.only !== 'explain') benchRendering();
if (values.only !== 'rendering') benchExplain({ ladder, kubeScore: findTool('kube-score'), app: join(work, 'app.js'), work, sizes: SIZES, runs: Number(values.runs), measure, median });

function benchRendering() {
  const perService = checkSame(20);
  console.log(`Each service is ${perService} objects, and all tools render the same ones (compared for 20 services). Medians of whole processes that run in turn;`);
  console.log('× is relative to ladder in the same round. Processor time is of all threads, and what a busy machine disturbs least.\n');
  console.log('| services | tool | time | × | processor | × | peak memory | runs |\n|---:|---|---:|---:|---:|---:|---:|---:|');
  const medians = new Map(SIZES.map((services) => [services, compare(services)]));
  console.log('');
  for (const [tool, found] of [['helm', helm], ['kustomize', kustomize]]) if (!found) console.log(`- ${tool} is not on PATH and was left out.`);
  if (SIZES.includes(10000) && SIZES.includes(1000)) {
    console.log('- cdk8s and kustomize are left out above 1,000, cdk8s with a chart for each service above 100 (unless asked for one size): their time grows faster than the number of objects.');
    console.log(`- 10,000 services take ${(medians.get(10000) / medians.get(1000)).toFixed(1)} times as long as 1,000 (processor time).`);
  }
  const [bare, load] = !SIZES.includes(1) ? [] : [startOnly(['-e', '0']), startOnly([ladder, 'synth', '--app', join(work, 'app.js'), '--list'])];
  if (SIZES.includes(1)) console.log(`- Of processor time, \`node -e 0\` takes ${bare.toFixed(2)} s, loading ladder and the app ${load.toFixed(2)} s in all, one service ${medians.get(1).toFixed(2)} s.`);
}
