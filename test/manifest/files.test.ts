import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSources } from '../../src/manifest/files';

describe('what -f names', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'files-'));
  beforeAll(() => {
    mkdirSync(join(cwd, 'k8s/base/node_modules'), { recursive: true });
    for (const file of ['k8s/a.yaml', 'k8s/b.yml', 'k8s/c.json', 'k8s/readme.md', 'k8s/base/d.yaml', 'k8s/base/node_modules/e.yaml']) writeFileSync(join(cwd, file), `# ${file}`);
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  it.each([
    [['k8s/a.yaml'], ['k8s/a.yaml']],
    [['k8s'], ['k8s/a.yaml', 'k8s/b.yml', 'k8s/base/d.yaml', 'k8s/c.json']],
    [['k8s/*.yaml'], ['k8s/a.yaml']],
    [['k8s/**/*.yaml'], ['k8s/a.yaml', 'k8s/base/d.yaml']],
    [['k8s/*.{yml,json}'], ['k8s/b.yml', 'k8s/c.json']],
    [['k8s/?.json', 'k8s/c.json'], ['k8s/c.json']],
    [['k8s/readme.md'], ['k8s/readme.md']],
    [['-'], ['<stdin>']],
  ])('%j reads %j', (paths, expected) => {
    const { sources, problems } = readSources(paths, { cwd, stdin: 'kind: X' });
    expect(sources.map(({ file }) => file.replace(`${cwd}/`, ''))).toEqual(expected);
    expect(problems).toEqual([]);
  });

  it('reports every path that names nothing', () => {
    expect(readSources(['k8s/a.yaml', 'nope', 'k8s/*.txt'], { cwd }).problems.map(({ file, message }) => `${file}: ${message}`)).toEqual(['nope: no such file or folder', 'k8s/*.txt: no file matches']);
  });

  it('leaves out the patches of a kustomization that is read too, and nothing else', () => {
    const overlay = join(cwd, 'k8s/overlays/prod');
    mkdirSync(overlay, { recursive: true });
    const written = {
      'kustomization.yaml': "resources: [../../base, service.yaml]\npatches: [{path: type.yaml}, {patch: 'spec: {}'}]\npatchesStrategicMerge: [replicas.yaml, \"kind: Deployment\\nspec: {}\"]\npatchesJson6902: [{path: ../ops.json}]",
      'type.yaml': '', 'replicas.yaml': '', 'service.yaml': '', '../ops.json': '', 'other.yaml': '',
    };
    for (const [file, content] of Object.entries(written)) writeFileSync(join(overlay, file), content);
    const read = (path: string): string[] => readSources([path], { cwd }).sources.map(({ file }) => file.replace(`${cwd}/`, ''));
    expect(read('k8s/overlays')).toEqual(['kustomization.yaml', 'other.yaml', 'service.yaml'].map((file) => `k8s/overlays/prod/${file}`));
    expect(read('k8s/overlays/prod/type.yaml')).toEqual(['k8s/overlays/prod/type.yaml']);
  });
});
