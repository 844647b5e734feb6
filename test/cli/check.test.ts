import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { Log } from 'sarif';
import type { CheckReport } from '../../src/explain/trace';
import { folder, ladder } from './memory-terminal';

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/check.schema.json', 'utf8')) as object);

const deployment = `\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /, port: http}}
`;
const service = (name: string, targetPort: string): string => `\
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: ${targetPort}}]
`;
const good = deployment + service('web', 'http');
const bad = deployment + service('web', 'htpp');

const findingsOf = (out: string): readonly string[] => (JSON.parse(out) as CheckReport).findings.map(({ id, object }) => `${id} ${object.name}`);

test('a healthy application has no finding and every request works', async () => {
  const { code, out, err } = await ladder(['check', '-f', '-'], { stdin: good });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^no findings; \d+ requests? followed: \d+ ok\n$/);
});

test('an error exits 1 and is printed once, with its place, and with the request that fails', async () => {
  const { code, out } = await ladder(['check', '-f', '-'], { stdin: bad });
  expect(code).toBe(1);
  expect(out.match(/SVC003/g)).toHaveLength(1);
  expect(out).toMatch(/^<stdin>:\d+ {2}error SVC003 {2}Service default\/web$/m);
  expect(out).toMatch(/^✗ tcp:\/\/web\.default:80 from .*: broken, connection refused$/m);
});

test('paths and -f are the same', async () => {
  const cwd = folder({ 'd/web.yaml': bad });
  expect(await ladder(['check', 'd'], { cwd })).toEqual(await ladder(['check', '-f', 'd'], { cwd }));
});

test('--json fits the published schema', async () => {
  for (const stdin of [good, bad]) {
    validate(JSON.parse((await ladder(['check', '-f', '-', '--json'], { stdin })).out));
    expect(validate.errors).toBeNull();
  }
});

test('--sarif has a rule for every result', async () => {
  const run = (JSON.parse((await ladder(['check', '-f', '-', '--sarif'], { stdin: bad })).out) as Log).runs[0];
  expect(run?.results?.length).toBeGreaterThan(0);
  for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
});

test('objects in several files are named: several environments are no one cluster', async () => {
  const service = (port: number) => `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: ${port}}]}}\n`;
  const twice = folder({ 'a/web.yaml': service(80), 'b/web.yaml': service(81), 'c/other.yaml': service(80).replace('web', 'other') });
  const { err } = await ladder(['check', '.'], { cwd: twice });
  expect(err).toBe('Service web in a/web.yaml and b/web.yaml: of an object that is given again the last counts. If these are several environments, give one at a time.\n');
  expect((await ladder(['check', 'a', 'c'], { cwd: twice })).err).toBe('');
});

describe('what counts', () => {
  const warned = deployment.replace(/ {10}readinessProbe.*\n/, '') + service('web', 'http');

  test('a warning exits 0, and 1 with --fail-on warning', async () => {
    const { code, out } = await ladder(['check', '-f', '-'], { stdin: warned });
    expect([code, out]).toEqual([0, expect.stringContaining('POD001')]);
    expect((await ladder(['check', '-f', '-', '--fail-on', 'warning'], { stdin: warned })).code).toBe(1);
    expect((await ladder(['check', '-f', '-', '--fail-on', 'warning'], { stdin: good })).code).toBe(0);
  });

  test('--ignore leaves findings out, given with commas or again, in small letters too', async () => {
    for (const ignore of [['--ignore', 'SVC003'], ['--ignore', 'POD001,svc003'], ['--ignore', 'POD001', '--ignore', 'SVC003']]) {
      const { code, out } = await ladder(['check', '-f', '-', '--json', ...ignore], { stdin: bad });
      expect([code, findingsOf(out)]).toEqual([0, []]);
    }
  });

  test('--ignore of an id that there is not is refused, since a typing error would hide nothing', async () => {
    expect(await ladder(['check', '-f', '-', '--ignore', 'SVC0003'], { stdin: bad })).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^SVC0003 is no finding\. Did you mean SVC003\?/) as string });
  });
});

describe('a baseline', () => {
  test('silences what was there before, wherever it moves, and nothing new', async () => {
    const cwd = folder({ 'old.yaml': bad });
    const flags = ['--baseline', 'b/base.json', '--json'];
    expect(await ladder(['check', 'old.yaml', '--baseline', 'b/base.json', '--write-baseline'], { cwd })).toEqual({ code: 0, out: '', err: 'b/base.json: 1 finding written\n' });
    expect((await ladder(['check', 'old.yaml', ...flags], { cwd })).code).toBe(0);

    const moved = folder({ 'new/place.yaml': `# moved\n\n${bad}${service('second', 'grpc')}`, 'b/base.json': readFileSync(join(cwd, 'b/base.json'), 'utf8') });
    const { code, out } = await ladder(['check', 'new', ...flags], { cwd: moved });
    expect([code, findingsOf(out)]).toEqual([1, ['SVC003 second']]);
  });

  test('that is not there is refused, with the way to write it', async () => {
    const { code, err } = await ladder(['check', '-f', '-', '--baseline', 'none.json'], { stdin: good });
    expect([code, err]).toEqual([2, 'none.json: there is no such baseline yet; add --write-baseline once to write it.\n']);
  });

  test('that is no baseline is refused', async () => {
    const cwd = folder({ 'base.json': '[]', 'web.yaml': good });
    expect(await ladder(['check', 'web.yaml', '--baseline', 'base.json'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('base.json: BASELINE') as string });
  });

  test('is not written without its name, nor when the input is bad', async () => {
    expect((await ladder(['check', '-f', '-', '--write-baseline'], { stdin: good })).err).toMatch(/^--write-baseline needs the file to write/);
    const cwd = folder({});
    expect((await ladder(['check', 'nope', '--baseline', 'base.json', '--write-baseline'], { cwd })).code).toBe(2);
    expect(existsSync(join(cwd, 'base.json'))).toBe(false);
  });
});

test('a file that cannot be read exits 2, and the rest is judged', async () => {
  const cwd = folder({ 'a.yaml': good, 'b.yaml': 'a: [' });
  const { code, out, err } = await ladder(['check', '.'], { cwd });
  expect(code).toBe(2);
  expect(err).toMatch(/b\.yaml:\d+: /);
  expect(out).toContain('no findings');
});

test('--help has examples and the exit codes', async () => {
  expect((await ladder(['check', '--help'])).out).toMatch(/Examples:\n.*--write-baseline.*Exit code: 0/s);
});
