import { App } from 'cdk8s';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { environments } from '../../src/apps/environments';
import { identityOf } from '../../src/manifest/rules';
import type { KubeObject } from '../../src/manifest/object';
import { toYamlStream } from '../../src/manifest/write';
import { buildEnvironments } from '../../src/render/environments';
import { schemaErrors } from './schema';

/** `UPDATE_GOLDEN=1 npx jest test/golden` writes the files anew; look at what git says of them before you commit. */
const update = process.env['UPDATE_GOLDEN'] === '1';

const { environments: rendered, warnings } = buildEnvironments(environments, () => new App());

test('the example has nothing to be warned of', () => expect(warnings).toEqual([]));

test('every file is that of an environment', () => {
  expect(readdirSync(__dirname).filter((file) => file.endsWith('.yaml')).sort()).toEqual(environments.map(({ name }) => `${name}.yaml`).sort());
});

describe.each(rendered)('$name', ({ name, objects }) => {
  const file = join(__dirname, `${name}.yaml`);
  const text = toYamlStream(objects.map(({ object }) => object));
  if (update) writeFileSync(file, text);
  const read = () => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as KubeObject;
  });

  test('is rendered as the file has it, byte for byte', () => {
    expect(existsSync(file)).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('is read back as the same objects, each of them once', () => {
    expect(read()).toEqual(objects.map(({ object }) => object));
    expect(new Set(read().map(identityOf)).size).toBe(objects.length);
  });

  test.each(objects.map(({ object }) => [`${object.kind} ${object.metadata.name}`, object] as const))('%s is valid under its schema', (_, object) => {
    expect(schemaErrors(object)).toEqual([]);
  });

  test('needs nothing that is not in it: namespaces come first', () => {
    const made = new Set<string>();
    for (const { kind, metadata } of read()) {
      if (kind === 'Namespace') made.add(metadata.name);
      if (metadata.namespace !== undefined) expect([...made]).toContain(metadata.namespace);
    }
  });
});
