import pc from 'picocolors';
import { renderTraceText } from '../../../src/explain/output/trace-text';
import type { Trace } from '../../../src/explain/trace';
import { awkward, awkwardTexts, broken, noProbe, partial, redirect, works } from './traces';

const plain = pc.createColors(false);

test('a broken request: the answer, the way with the hop that breaks, the reason with its place, the fix', () => {
  expect(renderTraceText(broken, { colors: plain })).toBe(`\
✗ http://localhost:30001 from laptop is broken: the client sees connection refused

  1 ✗ host-port  kind hands port 30001 of the laptop to port 30001 of node kind-control-plane.
                 localhost:30001 → kind-control-plane:30001  Cluster kind  kind.yaml:5
  2 ✗ service    Service shop/blue has no endpoint.  ← breaks here
                 Service shop/blue  deploy/blue.yaml:18

deploy/blue.yaml:21  error SVC001  Service shop/blue
    The selector app=blue matches no Pod; Deployment shop/blue comes nearest, its Pods have app=blu.
    fix: Set the selector to app: blu, or the Pod label to app: blue.
`);
});

test('verbose adds what else was considered, and what is assumed', () => {
  const text = renderTraceText(broken, { colors: plain, verbose: true });
  expect(text).toContain('not Deployment shop/blue: its label app is blu, not blue');
  expect(text).toContain('assumed  kube-proxy runs in iptables mode');
});

describe('findings beside the reason take one line', () => {
  const line = 'deploy/green.yaml:3  warning POD001  Port 8080 has no readiness probe.';

  test('a warning beside an error', () => {
    const text = renderTraceText({ ...broken, findings: [noProbe, ...broken.findings] }, { colors: plain });
    expect(text).toMatch(/\n {4}fix: Set the selector.*\n\n/);
    expect(text.endsWith(`\n\n${line}\n`)).toBe(true);
  });

  test('a warning when it works', () => {
    expect(renderTraceText({ ...works, findings: [noProbe] }, { colors: plain }).endsWith(`\n\n${line}\n`)).toBe(true);
  });

  test('a warning that is the reason is told in full, and so is everything in verbose', () => {
    expect(renderTraceText(partial, { colors: plain })).toContain('    fix: Add a readinessProbe.\n');
    expect(renderTraceText({ ...works, findings: [noProbe] }, { colors: plain, verbose: true })).toContain('    fix: Add a readinessProbe.\n');
  });
});

test('load balancing draws a branch for each target and marks the broken one', () => {
  expect(renderTraceText(partial, { colors: plain })).toContain(`
  1 ~ service    Service shop/blue spreads over two workloads.
  ├ 2 ✓ endpoint   One of the Pods of Deployment shop/green.
  │                → green:8080
  │ 3 ✓ container  Container web listens.
  └ 2 ✗ endpoint   One of the Pods of Deployment shop/old.  ← breaks here
                   → old:8080
`);
});

test.each<[string, Trace, string]>([
  ['who answers', works, '✓ http://blue.shop:80 from pod:shop/orders works: answered by Deployment shop/blue port 8080'],
  ['the status that a front gives', redirect, '✓ http://shop.example.com/ from outside works: the front answers 301 itself'],
  ['that some attempts fail', partial, '~ http://blue.shop from pod:shop/orders works only sometimes: some attempts see connection refused'],
  ['that it hangs on something', { ...works, verdict: 'depends', symptom: 'timeout' }, '? http://blue.shop:80 from pod:shop/orders hangs on what manifests cannot say: it may see a timeout: nothing answers'],
  ['that the way leaves the input', { ...works, verdict: 'unknown' }, '? http://blue.shop:80 from pod:shop/orders cannot be followed to its end: part of the way is not in the input'],
])('the first line says %s', (_, trace, line) => {
  expect(renderTraceText(trace, { colors: plain }).split('\n')[0]).toBe(line);
});

test('what a verdict hangs on is said without asking, and not when it works', () => {
  expect(renderTraceText({ ...works, verdict: 'depends' }, { colors: plain })).toContain('assumed  the process listens');
  expect(renderTraceText(works, { colors: plain })).not.toContain('assumed');
});

test('without colours there is no escape code, with them there is', () => {
  for (const trace of [broken, partial, redirect, works]) expect(renderTraceText(trace, { colors: plain, verbose: true })).not.toContain('\u001b');
  expect(renderTraceText(broken, { colors: pc.createColors(true) })).toContain('\u001b[31m');
});

test.each(awkwardTexts)('control characters of a name do not reach the terminal: %j', (text) => {
  const shown = renderTraceText(awkward(text), { colors: plain, verbose: true });
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
