import fs from 'node:fs';
import { join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { environments } from '../../src/apps/environments';
import type { KubeObject } from '../../src/manifest/object';
import { identityOf } from '../../src/manifest/rules';
import { toYamlStream } from '../../src/manifest/write';
import { buildEnvironments } from '../../src/render/environments';
import { scratchFolder } from './disk';

const byIdentity = (objects: readonly KubeObject[]) => [...objects].sort((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));
const { environments: built } = buildEnvironments(environments, () => new App());
const ours = new Map(built.map(({ name, objects }) => [name, objects.map(({ object }) => object)]));
const root = scratchFolder();

test('cdk8s synth of src/main.ts, all environments in one app, writes the same objects byte for byte', () => {
  process.env['CDK8S_OUTDIR'] = root;
  try {
    jest.isolateModules(() => { jest.requireActual('../../src/main'); });
  } finally {
    delete process.env['CDK8S_OUTDIR'];
  }
  expect(fs.readdirSync(root).sort()).toEqual(environments.map(({ name }) => `${name}.k8s.yaml`).sort());
  for (const [name, objects] of ours) {
    const text = fs.readFileSync(join(root, `${name}.k8s.yaml`), 'utf8');
    const theirs = byIdentity(parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJSON() as KubeObject));
    expect(theirs.length).toBeGreaterThan(20);
    expect(toYamlStream(byIdentity(objects))).toBe(toYamlStream(theirs));
    const documents = new Set(text.split(/^---\n/m));
    expect(objects.filter((object) => !documents.has(Yaml.stringify(object)))).toEqual([]);
  }
});

test('the same objects, in the same order, on every run', () => {
  const again = buildEnvironments(environments, () => new App()).environments;
  expect(again.map(({ objects }) => objects)).toEqual(built.map(({ objects }) => objects));
});
