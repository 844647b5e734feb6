// check and explain on manifests of many services, beside kube-score, which is what people run there today.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** kube-score takes minutes beyond this number of services. */
const MOST_KUBE_SCORE = 1000;

/** Prints the table: what judging the manifests of each size takes, relative to `ladder check` in the same round. */
export function benchExplain({ ladder, kubeScore, app, work, sizes, runs, measure, median }) {
  console.log('\n| services | judged by | time | processor | × | peak memory | runs |\n|---:|---|---:|---:|---:|---:|---:|');
  const medians = new Map(sizes.map((services) => [services, judge(services)]));
  if (!kubeScore) console.log('\n- kube-score is not on PATH and was left out.');
  if (medians.has(1000) && medians.has(10000)) console.log(`\n- check of 10,000 services takes ${(medians.get(10000) / medians.get(1000)).toFixed(1)} times as long as of 1,000 (processor time).`);

  function judge(services) {
    const file = join(work, `judged-${services}.yaml`);
    writeFileSync(file, execFileSync(process.execPath, [ladder, 'synth', '--app', app, '--stdout'], { env: { ...process.env, BENCH_SERVICES: String(services) }, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }));
    const env = process.env;
    const tools = [
      { name: 'ladder check --json', command: [process.execPath, ladder, 'check', '--json', file], env },
      { name: 'ladder explain (one request)', command: [process.execPath, ladder, 'explain', `http://svc-${services - 1}.bench:8080`, '--from', 'pod:bench/svc-0', '-f', file], env, fine: [0, 1, 3] },
      ...(kubeScore && services <= MOST_KUBE_SCORE ? [{ name: 'kube-score', command: [kubeScore, 'score', '--output-format', 'ci', file], env, fine: [0, 1], slow: true }] : []),
    ].map((tool) => ({ ...tool, runs: [] }));
    for (let run = 0; run < runs; run++) {
      for (const tool of tools) if (!tool.slow || services < MOST_KUBE_SCORE || run === 0) tool.runs.push(measure(tool));
    }
    const [ours] = tools;
    for (const tool of tools) {
      const middle = (what) => median(tool.runs.map((run) => run[what]));
      const ratio = median(tool.runs.map((run, index) => run.processor / ours.runs[index].processor));
      console.log(`| ${[services.toLocaleString('en'), tool.name, `${middle('seconds').toFixed(2)} s`, `${middle('processor').toFixed(2)} s`, `${ratio.toFixed(2)} ×`, `${Math.round(middle('megabytes'))} MB`, tool.runs.length].join(' | ')} |`);
    }
    return median(ours.runs.map(({ processor }) => processor));
  }
}
