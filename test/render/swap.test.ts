import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { LIST_NAME } from '../../src/render/file-list';
import { compareOutput, writeOutput } from '../../src/render/output';
import { readTree, scratchFolder, writeTree } from './disk';

const OLD = { 'kustomization.yaml': 'old\n', 'workloads/shop/service/a.yaml': 'a\n', 'workloads/shop/service/b.yaml': 'b\n' };
const NEW = { 'kustomization.yaml': 'new\n', 'workloads/shop/service/a.yaml': 'a\n', 'routes/shop/ingress/c.yaml': 'c\n' };
const MINE = { 'notes.md': 'mine', 'workloads/shop/patch.yaml': 'mine', 'empty/': '', link: '→ notes.md' };
const ENVIRONMENTS = ['one', 'two'];
const rendered = (files: Record<string, string>) => new Map(ENVIRONMENTS.map((name) => [name, new Map(Object.entries(files))]));

const root = scratchFolder();
let out: string;
beforeEach(() => {
  out = fs.mkdtempSync(join(root, 'case-'));
  startAgain();
});
afterEach(() => jest.restoreAllMocks());

/** The old trees, with what the user keeps in them. */
function startAgain(): void {
  fs.rmSync(out, { recursive: true });
  writeOutput(out, rendered(OLD));
  for (const name of ENVIRONMENTS) {
    writeTree(join(out, name), { 'notes.md': 'mine', 'workloads/shop/patch.yaml': 'mine' });
    fs.mkdirSync(join(out, name, 'empty'));
    fs.symlinkSync('notes.md', join(out, name, 'link'));
  }
}

/** Which tree a folder holds, all of it and nothing else. */
function treeIn(folder: string): 'old' | 'new' | 'missing' | 'mixed' {
  if (!fs.existsSync(folder)) return 'missing';
  const { [LIST_NAME]: list, ...tree } = readTree(folder);
  const holds = (files: Record<string, string>) => list !== undefined && same(tree, { ...files, ...MINE }) && same(Object.keys((JSON.parse(list) as { files: object }).files), Object.keys(files).sort());
  if (holds(OLD)) return 'old';
  return holds(NEW) ? 'new' : 'mixed';
}

function same(one: object, other: object): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

/** Every folder whole: old or new, in its place or (between two renames) the old one at the side. */
function expectWhole(): void {
  for (const name of ENVIRONMENTS) {
    const there = treeIn(join(out, name));
    expect(there === 'missing' ? treeIn(join(out, '.ladder/old', name)) : there).toMatch(/^(old|new)$/);
  }
}

const CHANGING = ['mkdirSync', 'writeFileSync', 'renameSync', 'linkSync', 'copyFileSync', 'symlinkSync', 'rmSync', 'rmdirSync'] as const;

/** From the given step on, nothing that changes the disk is done any more: as after `kill -9`. Counts the steps. */
function diesBefore(step: number): { readonly steps: () => number } {
  let steps = 0;
  for (const name of CHANGING) {
    const real = fs[name] as (...args: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
      if (++steps >= step) throw new Error('killed');
      return real(...args);
    }) as never);
  }
  return { steps: () => steps };
}

function stepsOfOneRun(): number {
  const { steps } = diesBefore(Infinity);
  writeOutput(out, rendered(NEW));
  jest.restoreAllMocks();
  return steps();
}

test('whichever step is the last, every tree is whole, and the next run finishes', () => {
  const total = stepsOfOneRun();
  expect(total).toBeGreaterThan(30);
  const reached = new Set<string>();
  for (let step = 1; step <= total; step++) {
    startAgain();
    diesBefore(step);
    expect(() => writeOutput(out, rendered(NEW))).toThrow('killed');
    jest.restoreAllMocks();

    expectWhole();
    reached.add(ENVIRONMENTS.map((name) => treeIn(join(out, name))).join());
    if (fs.existsSync(join(out, '.ladder'))) expect(() => compareOutput(out, rendered(NEW))).toThrow('OUT_UNFINISHED');
    writeOutput(out, rendered(NEW));
    expect(ENVIRONMENTS.map((name) => treeIn(join(out, name)))).toEqual(['new', 'new']);
    expect(fs.readdirSync(out).sort()).toEqual(ENVIRONMENTS);
  }
  // Otherwise the loop would not have looked between the renames.
  expect([...reached].sort()).toEqual(['missing,old', 'new,missing', 'new,new', 'new,old', 'old,old']);
});

test('whichever single step fails, the run says so, cleans up, and every tree is whole and in its place', () => {
  const total = stepsOfOneRun();
  for (let step = 1; step <= total; step++) {
    startAgain();
    let steps = 0;
    for (const name of CHANGING.filter((each) => each !== 'rmSync' && each !== 'linkSync')) {
      const real = fs[name] as (...args: unknown[]) => unknown;
      jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
        if (++steps === step) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' });
        return real(...args);
      }) as never);
    }
    const failed = (() => {
      try {
        writeOutput(out, rendered(NEW));
        return false;
      } catch {
        return true;
      }
    })();
    jest.restoreAllMocks();
    if (!failed) expect(steps).toBeLessThan(step);
    if (!fs.existsSync(join(out, '.ladder'))) expect(fs.readdirSync(out).sort()).toEqual(ENVIRONMENTS);
    writeOutput(out, rendered(OLD));
    for (const name of ENVIRONMENTS) expect(treeIn(join(out, name))).toBe('old');
  }
});

test('what the user saves into the old folder meanwhile is not lost', () => {
  const rename = fs.renameSync;
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(from) === join(out, 'one')) {
      writeTree(join(out, 'one'), { 'late/new.md': 'late', 'notes.md': 'mine, but later' });
      // As editors save: another file under the same name.
      writeTree(join(out, 'one'), { 'patch.tmp': 'patched later' });
      rename(join(out, 'one/patch.tmp'), join(out, 'one/workloads/shop/patch.yaml'));
    }
    rename(from, to);
  });
  writeOutput(out, rendered(NEW));
  expect(readTree(join(out, 'one'))).toMatchObject({ ...NEW, 'late/new.md': 'late', 'notes.md': 'mine, but later', 'workloads/shop/patch.yaml': 'patched later' });
});

test('a process that is killed with SIGKILL leaves whole trees, and the next run finishes', () => {
  const library = join(root, 'output.js');
  buildSync({ entryPoints: [join(__dirname, '../../src/render/output.ts')], bundle: true, platform: 'node', outfile: library });
  const files = JSON.stringify(NEW);
  for (const [call, operation] of [[1, 'writeFileSync'], [3, 'writeFileSync'], [1, 'renameSync'], [2, 'renameSync'], [3, 'renameSync'], [5, 'renameSync'], [1, 'rmSync']] as const) {
    const script = `
      const fs = require('node:fs');
      const real = fs.${operation};
      let calls = 0;
      fs.${operation} = (...args) => { if (++calls === ${call}) process.kill(process.pid, 'SIGKILL'); return real(...args); };
      const { writeOutput } = require(${JSON.stringify(library)});
      const files = new Map(Object.entries(${files}));
      writeOutput(${JSON.stringify(out)}, new Map([['one', files], ['two', files]]));`;
    expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL');
    expectWhole();
    writeOutput(out, rendered(OLD));
    expect(ENVIRONMENTS.map((name) => treeIn(join(out, name)))).toEqual(['old', 'old']);
    expect(fs.readdirSync(out).sort()).toEqual(ENVIRONMENTS);
  }
});
