import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { folder } from './memory-terminal';

// The command line as a process: what cannot be seen from inside one.
const root = folder({});
const bundle = join(root, 'dist/bin/ladder.js');
beforeAll(() => {
  buildSync({ entryPoints: ['src/cli/ladder.ts'], outfile: bundle, bundle: true, platform: 'node', logLevel: 'silent' });
  copyFileSync('package.json', join(root, 'package.json'));
});

const bash = (script: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, LADDER: `${process.execPath} ${bundle}` } });

test('the exit code of a command is that of the process', () => {
  expect(bash('$LADDER --version').status).toBe(0);
  expect(bash('$LADDER explain')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^No request is given/) as string });
});

test('a reader that closes the pipe early sees no stack trace', () => {
  const { stderr, status } = bash('$LADDER explain --help | true; exit ${PIPESTATUS[0]}');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test('a full disk is said in one line, and is bad output and not a broken request', () => {
  expect(bash('$LADDER explain --help > /dev/full')).toMatchObject({ status: 2, stderr: 'The output cannot be written: ENOSPC: no space left on device, write\n' });
});

test('no colour codes go into a pipe or a file', () => {
  const pod = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}';
  expect(bash(`echo '${pod}' | $LADDER explain http://web -f - 2>&1 | cat`).stdout).not.toContain('\u001b');
});

test('a private key goes into a pipe, and not into a file', () => {
  const secrets = (to: string) => bash(`export XDG_DATA_HOME=${root}/data; $LADDER certificate kind-ingress --secret ${to}`);
  expect(secrets('| grep -c "^  tls.key: LS0t"; exit ${PIPESTATUS[0]}')).toMatchObject({ status: 0, stdout: '1\n' });
  expect(secrets(`> ${root}/secret.yaml`)).toMatchObject({ status: 2, stderr: expect.stringContaining('only into a pipe') as string });
  expect(readFileSync(join(root, 'secret.yaml'), 'utf8')).toBe('');
});
