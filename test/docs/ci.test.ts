import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Log } from 'sarif';
import { parse } from 'yaml';
import { catalogue, parseRequest } from '../../src/explain';
import { readSuite } from '../../src/explain/suite/read';
import { folder, ladder } from '../cli/memory-terminal';

const page = readFileSync('docs/ci.md', 'utf8');
const yamlSamples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
const sample = (mark: string): string => yamlSamples.find((text) => text.includes(mark)) ?? '';

interface Step { readonly name: string; readonly run: string; readonly env?: Readonly<Record<string, string>>; readonly if?: string }
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string; readonly required?: boolean }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
const action = parse(readFileSync('action.yml', 'utf8')) as Action;

const good = `\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{name: http, containerPort: 80}], readinessProbe: {httpGet: {port: http}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
`;
const bad = good.replace('targetPort: http', 'targetPort: htpp');
const routes = '- {request: http://web, expect: {backend: "default/web:80"}}\n';

describe('the GitHub Action', () => {
  /** The action's folder as it is after its build step. */
  const actionPath = folder({});
  beforeAll(() => {
    mkdirSync(join(actionPath, 'dist/bin'), { recursive: true });
    buildSync({ entryPoints: ['src/cli/ladder.ts'], outfile: join(actionPath, 'dist/bin/ladder.js'), bundle: true, platform: 'node', logLevel: 'silent' });
    copyFileSync('package.json', join(actionPath, 'package.json'));
  });

  /** Runs one step as a runner would: inputs into env, bash with its flags. */
  function runStep(name: string, inputs: Readonly<Record<string, string>>, cwd: string): { readonly code: number; readonly output: string } {
    const step = action.runs.steps.find((one) => one.name === name);
    const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([key, expression]) => {
      const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? expression;
      return [key, inputs[input] ?? action.inputs[input]?.default ?? ''];
    }));
    try {
      const output = execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99'], { cwd, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...env, GITHUB_ACTION_PATH: actionPath } });
      return { code: 0, output };
    } catch (error) {
      const { status, stdout, stderr } = error as { readonly status: number; readonly stdout: string; readonly stderr: string };
      return { code: status, output: stdout + stderr };
    }
  }

  const cwd = folder({ 'my app/web.yaml': good, 'bad/web.yaml': bad, 'routes.yaml': routes });

  test('passes on healthy manifests, whose folder may have a space', () => {
    expect(runStep('ladder check', { manifests: 'my app/\n' }, cwd)).toEqual({ code: 0, output: expect.stringContaining('no findings') as string });
  });

  test('fails on broken ones, prints them, and writes the SARIF file', () => {
    const { code, output } = runStep('ladder check', { manifests: 'bad/', sarif: 'out.sarif' }, cwd);
    expect([code, output]).toEqual([1, expect.stringContaining('SVC003')]);
    const log = JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')) as Log;
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('bad/web.yaml');
  });

  test('hands on every input', () => {
    expect(runStep('ladder check', { manifests: 'bad/', ignore: 'SVC003', platform: 'gke', 'fail-on': 'note' }, cwd).code).toBe(0);
    expect(runStep('ladder check', { manifests: 'bad/', baseline: 'none.json' }, cwd)).toEqual({ code: 2, output: expect.stringContaining('none.json') as string });
    expect(runStep('ladder check', { manifests: 'bad/', profile: 'none.yaml' }, cwd)).toEqual({ code: 2, output: expect.stringContaining('none.yaml') as string });
  });

  test('runs routing tests and writes their results', () => {
    expect(runStep('ladder test', { manifests: 'my app/', tests: 'routes.yaml\n', junit: 'out.xml' }, cwd)).toEqual({ code: 0, output: expect.stringContaining('1 passed') as string });
    expect(existsSync(join(cwd, 'out.xml'))).toBe(true);
    expect(runStep('ladder test', { manifests: 'bad/', tests: 'routes.yaml' }, cwd).code).toBe(1);
  });

  test('has no input that no step reads, and describes each', () => {
    const read = action.runs.steps.flatMap(({ env = {}, if: condition = '' }) => [...Object.values(env), condition].join(' '));
    for (const [name, { description }] of Object.entries(action.inputs)) {
      expect(read.join(' ')).toContain(`inputs.${name}`);
      expect(description).toMatch(/\.$/);
    }
  });

  test('has no expression inside a script, where an input could break out', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  test('has the inputs that the documentation gives it', () => {
    const workflow = parse(sample('pull_request')) as { readonly jobs: { readonly ladder: { readonly steps: readonly { readonly uses: string; readonly with?: Readonly<Record<string, string>> }[] } } };
    const step = workflow.jobs.ladder.steps.find(({ uses }) => uses.includes('service-ladder'));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? { missing: '' })));
  });

  test('starts a command line that is built as executable', () => {
    const file = join(actionPath, 'dist/bin/ladder.js');
    chmodSync(file, 0o755);
    expect(execFileSync(process.execPath, [file, '--version'], { encoding: 'utf8' }).trim()).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }).version);
  });
});

describe('the pre-commit hooks', () => {
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly { readonly id: string; readonly entry: string; readonly language: string; readonly files: string; readonly pass_filenames: boolean }[];
  const config = parse(sample('repos:')) as { readonly repos: readonly { readonly hooks: readonly { readonly id: string; readonly args: readonly string[] }[] }[] };

  test('start the command that the package installs', () => {
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly bin: Readonly<Record<string, string>> };
    for (const { entry, language } of hooks) expect([Object.keys(bin), language]).toEqual([expect.arrayContaining([entry.split(' ')[0]]), 'node']);
  });

  test.each(hooks.map(({ id }) => id))('%s runs as the documentation writes it', async (id) => {
    const hook = hooks.find((one) => one.id === id);
    const args = config.repos[0]?.hooks.find((one) => one.id === id)?.args ?? [];
    const files = { 'routes.test.yaml': routes, '.ladder-baseline.json': '{"version": 1, "findings": {}}' };
    const command = [...(hook?.entry.split(' ').slice(1) ?? []), ...args];
    expect(args.length).toBeGreaterThan(0);
    expect((await ladder(command, { cwd: folder({ ...files, 'deploy/web.yaml': good }) })).code).toBe(0);
    expect((await ladder(command, { cwd: folder({ ...files, 'deploy/web.yaml': bad }) })).code).toBe(1);
  });

  test('run when a manifest changes', () => {
    for (const { files } of hooks) {
      expect('deploy/web.yaml').toMatch(new RegExp(files));
      expect('README.md').not.toMatch(new RegExp(files));
    }
  });
});

describe('the page', () => {
  test('has a routing test file that is valid', () => {
    const asked: string[] = [];
    readSuite(sample('the cart has its own'), 'docs/ci.md', { checkRequest: ({ request, from, via, method }) => { parseRequest(request, { from, via, method }); asked.push(request); return []; }, findingIds: catalogue.map(({ id }) => id) });
    expect(asked).toHaveLength(4);
  });

  test('names flags and findings that there are', async () => {
    const help = await Promise.all(['explain', 'check', 'test'].map(async (command) => (await ladder([command, '--help'])).out));
    for (const [flag] of page.matchAll(/(?<=[\s`])--[a-z-]+/g)) expect(help.join()).toContain(flag);
    for (const [id] of page.matchAll(/\b[A-Z]{3,4}\d{3}\b/g)) expect(catalogue.map((rule) => rule.id)).toContain(id);
  });

  test('has YAML samples that are YAML', () => {
    expect(yamlSamples).toHaveLength(5);
    for (const text of yamlSamples) expect(parse(text)).toBeTruthy();
  });
});
