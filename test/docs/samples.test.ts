import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { App } from 'cdk8s';
import * as ts from 'typescript';
import type { EnvironmentDefinition } from '../../src/apps/definition';
import { record } from '../pulumi/recorder';
import { blocksOf, pages, ROOT } from './pages';

interface Sample {
  readonly place: string;
  readonly code: string;
}

const samples = pages.flatMap(blocksOf).filter(({ language }) => language === 'ts')
  .map(({ page, line, text }): Sample => ({ place: `${page}:${line}`, code: text }));

describe('the samples of the documentation', () => {
  test('are there', () => {
    expect(samples.length).toBeGreaterThan(2);
  });

  test('have the right types', () => {
    const folder = join(ROOT, 'test', 'docs');
    const files = new Map(samples.map(({ code }, index) => [join(folder, `sample-${index}.ts`), code]));
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, strict: true,
      noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true, types: ['node'], moduleDetection: ts.ModuleDetectionKind.Force,
      paths: {
        'service-ladder': [join(ROOT, 'src', 'index.ts')], 'service-ladder/explain': [join(ROOT, 'src', 'explain', 'index.ts')],
        'service-ladder/pulumi': [join(ROOT, 'src', 'pulumi', 'index.ts')],
      },
    };
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists, getSourceFile } = host;
    host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
    host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
    host.getSourceFile = (name, target, ...rest) => {
      const code = files.get(name);
      return code === undefined ? getSourceFile.call(host, name, target, ...rest) : ts.createSourceFile(name, code, target, true);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    const messages = [...files.keys()].flatMap((name, index) => {
      const source = program.getSourceFile(name);
      return ts.getPreEmitDiagnostics(program, source).map(({ messageText }) => `${samples[index]?.place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    });
    expect(messages).toEqual([]);
  }, 60_000);

  test.each(samples.filter(({ code }) => !code.includes('service-ladder/pulumi')))('at $place render', ({ code }) => {
    const folder = mkdtempSync(join(tmpdir(), 'sample-'));
    try {
      process.env.CDK8S_OUTDIR = folder;
      const { environments } = run(code);
      if (environments !== undefined) synth(environments);
      expect(readdirSync(folder).length).toBeGreaterThan(0);
    } finally {
      delete process.env.CDK8S_OUTDIR;
      rmSync(folder, { recursive: true });
    }
  });

  test.each(samples.filter(({ code }) => code.includes('service-ladder/pulumi')))('at $place deploy', async ({ code }) => {
    const { registrations } = await record(() => run(code));
    expect(registrations.map(({ name }) => name)).toContain('Service/mine/whoami');
  });
});

/** What `cdk8s synth` does with a sample that is an app file of `ladder synth --app`. */
function synth(environments: readonly EnvironmentDefinition[]): void {
  const app = new App();
  for (const { build } of environments) build(app);
  app.synth();
}

/** Runs a sample as it stands, with this source in place of the package, and gives what it exports. */
function run(code: string): { readonly environments?: readonly EnvironmentDefinition[] } {
  const { code: script } = transformSync(code, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } });
  const load = (name: string): unknown => jest.requireActual(name.replace(/^service-ladder/, '../../src'));
  const exported = {};
  new Function('require', 'exports', script)(load, exported);
  return exported;
}
