import fs from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readTree, scratchFolder } from '../render/disk';
import { folder, ladder } from './memory-terminal';

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

describe('the app of a project', () => {
  const environments = 'module.exports = { environments: [{ name: "ours", description: "of this project", build: () => undefined }] };';
  const inProject = (manifest: string, args = ['synth', '--list']) => ladder(args, { cwd: folder({ 'package.json': manifest, 'dist/main.js': environments }) });

  test('is what package.json says, so that no command takes the example for it', async () => {
    expect((await inProject('{"ladder": {"app": "dist/main.js"}}')).out).toContain('ours');
  });

  test('is another where a flag names it', async () => {
    const { code, err } = await inProject('{"ladder": {"app": "dist/main.js"}}', ['synth', '--list', '--app', 'other.js']);
    expect([code, err]).toEqual([2, expect.stringMatching(/^other\.js cannot be loaded/)]);
  });

  test.each(['{}', '[]', 'null', '{"name": "other", "dependencies": {"service-ladder": "*"}}'])('is the example where package.json is %s', async (manifest) => {
    expect((await inProject(manifest)).out).toContain('kind-clusterip');
  });

  test.each([['{"ladder": "dist/main.js"}', 'ladder is "dist/main.js"'], ['{"ladder": {"app": 1}}', 'ladder is {"app":1}'], ['{"ladder": null}', 'ladder is null'], ['{', 'cannot be read']])(
    'is asked for where package.json is %s', async (manifest, said) => {
      const { code, out, err } = await inProject(manifest);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(said);
    });
});
