import fs from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readTree, scratchFolder } from '../render/disk';
import { ladder } from './memory-terminal';

// An app has cdk8s and this library in copies of its own: here all are bundled into it.
const cwd = scratchFolder();
beforeAll(() => {
  buildSync({ entryPoints: ['src/apps/environments.ts'], bundle: true, platform: 'node', minifySyntax: true, outfile: join(cwd, 'app.js'), logLevel: 'silent' });
});

test('an app with copies of its own renders the same files, with the same kind clusters and calls', async () => {
  const [example, own] = [await ladder(['start', '--json', '--out', 'example'], { cwd }), await ladder(['start', '--json', '--out', 'own', '--app', 'app.js'], { cwd })];
  expect(own.code).toBe(example.code);
  expect(readTree(join(cwd, 'own'))).toEqual(readTree(join(cwd, 'example')));
  expect(fs.existsSync(join(cwd, 'own/kind-nodeport/kind-cluster.yaml'))).toBe(true);
  expect((JSON.parse(own.out) as { calls: unknown }).calls).toEqual((JSON.parse(example.out) as { calls: unknown }).calls);
});
