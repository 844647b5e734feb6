import fs from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../src/model/problem';
import { LIST_NAME } from '../../src/render/file-list';
import { compareOutput, strayFolders, writeOutput } from '../../src/render/output';
import { readTree, scratchFolder, writeTree } from './disk';

const rendered = (environments: Record<string, Record<string, string>>) => new Map(Object.entries(environments).map(([name, files]) => [name, new Map(Object.entries(files))]));
const ONE = { 'kustomization.yaml': 'k\n', 'workloads/shop/service/a.yaml': 'a\n', 'workloads/shop/service/b.yaml': 'b\n' };
const TWO = { 'kustomization.yaml': 'k2\n', 'workloads/shop/service/a.yaml': 'a\n', 'routes/shop/ingress/c.yaml': 'c\n' };

const codes = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
};

/** Whatever the work did not touch. */
const withoutList = (tree: Record<string, string>) => Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith(LIST_NAME)));

let out: string;
let parent: string;
beforeEach(() => {
  parent = fs.mkdtempSync(join(root, 'case-'));
  out = join(parent, 'deploy');
});
const root = scratchFolder();
afterEach(() => jest.restoreAllMocks());

describe('writing', () => {
  test('makes the folder of each environment, and nothing stays at the side', () => {
    writeOutput(out, rendered({ one: ONE, two: TWO }));
    expect(fs.readdirSync(out).sort()).toEqual(['one', 'two']);
    expect(withoutList(readTree(join(out, 'one')))).toEqual(ONE);
    expect(withoutList(readTree(join(out, 'two')))).toEqual(TWO);
  });

  test('the same input gives the same bytes, and touches nothing the second time', () => {
    writeOutput(out, rendered({ one: ONE }));
    const [tree, before] = [readTree(out), fs.statSync(join(out, 'one'))];
    const [plan] = writeOutput(out, rendered({ one: ONE }));
    expect(plan?.changes).toEqual([]);
    expect(readTree(out)).toEqual(tree);
    expect(fs.statSync(join(out, 'one')).ino).toBe(before.ino);
  });

  test('removes what it wrote and does not write any more, with folders that become empty', () => {
    writeOutput(out, rendered({ one: ONE }));
    const [plan] = writeOutput(out, rendered({ one: TWO }));
    expect(withoutList(readTree(join(out, 'one')))).toEqual(TWO);
    expect(plan?.changes.map(({ path, before, after }) => [path, before, after]).filter(([path]) => path !== LIST_NAME)).toEqual([
      ['kustomization.yaml', 'k\n', 'k2\n'], ['routes/shop/ingress/c.yaml', undefined, 'c\n'], ['workloads/shop/service/b.yaml', 'b\n', undefined],
    ]);
  });

  test("keeps the user's own files, links and folders, beside and inside what it writes", () => {
    writeTree(out, { 'README.md': 'mine', 'other/x.yaml': 'mine' });
    writeOutput(out, rendered({ one: ONE }));
    writeTree(join(out, 'one'), { 'notes.md': 'mine', 'workloads/shop/service/patch.yaml': 'mine', 'deep/er/file': 'mine' });
    fs.mkdirSync(join(out, 'one/empty'));
    fs.symlinkSync('../nowhere', join(out, 'one/link'));
    fs.symlinkSync('deep', join(out, 'one/folder-link'));
    fs.chmodSync(join(out, 'one/notes.md'), 0o640);
    const inode = fs.statSync(join(out, 'one/notes.md')).ino;
    writeOutput(out, rendered({ one: TWO }));
    expect(withoutList(readTree(out))).toEqual({
      'README.md': 'mine', 'other/x.yaml': 'mine',
      ...Object.fromEntries(Object.entries(TWO).map(([path, text]) => [`one/${path}`, text])),
      'one/notes.md': 'mine', 'one/workloads/shop/service/patch.yaml': 'mine', 'one/deep/er/file': 'mine', 'one/empty/': '', 'one/link': '→ ../nowhere', 'one/folder-link': '→ deep',
    });
    expect(fs.statSync(join(out, 'one/notes.md'))).toMatchObject({ ino: inode, mode: 0o100640 });
  });

  test("copies the user's files where the disk has no hard links", () => {
    writeOutput(out, rendered({ one: ONE }));
    writeTree(join(out, 'one'), { 'notes.md': 'mine' });
    const link = jest.spyOn(fs, 'linkSync').mockImplementation(() => { throw Object.assign(new Error('not supported'), { code: 'EPERM', syscall: 'link' }); });
    writeOutput(out, rendered({ one: TWO }));
    expect(link).toHaveBeenCalled();
    expect(withoutList(readTree(join(out, 'one')))).toEqual({ ...TWO, 'notes.md': 'mine' });
  });

  test('takes over files that are already right, when the list of files is lost', () => {
    writeOutput(out, rendered({ one: ONE }));
    fs.rmSync(join(out, 'one', LIST_NAME));
    writeOutput(out, rendered({ one: ONE }));
    writeOutput(out, rendered({ one: TWO }));
    expect(withoutList(readTree(join(out, 'one')))).toEqual(TWO);
  });

  test('is not troubled by the line ends of a Windows checkout', () => {
    writeOutput(out, rendered({ one: ONE }));
    fs.writeFileSync(join(out, 'one/kustomization.yaml'), 'k\r\n');
    expect(compareOutput(out, rendered({ one: ONE }))[0]?.changes).toEqual([]);
    writeOutput(out, rendered({ one: TWO }));
    expect(withoutList(readTree(join(out, 'one')))).toEqual(TWO);
  });

  test('writes through a link to the output folder', () => {
    fs.mkdirSync(join(parent, 'real'));
    fs.symlinkSync('real', out);
    writeOutput(out, rendered({ one: ONE }));
    writeOutput(out, rendered({ one: TWO }));
    expect(withoutList(readTree(join(parent, 'real/one')))).toEqual(TWO);
    expect(fs.lstatSync(out).isSymbolicLink()).toBe(true);
  });
});

describe('what ladder did not write is never overwritten or removed', () => {
  /** Everything is refused before anything is touched. */
  function expectRefused(files: Record<string, string>, expected: string[], force = false): void {
    const before = readTree(parent);
    expect(codes(() => writeOutput(out, rendered({ other: ONE, one: files }), force)).map((line) => line.replace(`${parent}/`, ''))).toEqual(expected);
    expect(readTree(parent)).toEqual(before);
  }

  test('a generated file that was edited, unless forced', () => {
    writeOutput(out, rendered({ one: ONE }));
    writeTree(join(out, 'one'), { 'kustomization.yaml': 'edited\n', 'workloads/shop/service/b.yaml': 'edited, and to be removed\n' });
    expectRefused(TWO, ['FILE_EDITED deploy/one/kustomization.yaml', 'FILE_EDITED deploy/one/workloads/shop/service/b.yaml']);
    writeOutput(out, rendered({ one: TWO }), true);
    expect(withoutList(readTree(join(out, 'one')))).toEqual(TWO);
  });

  test('a generated file that was edited to what it becomes is fine', () => {
    writeOutput(out, rendered({ one: ONE }));
    writeTree(join(out, 'one'), { 'kustomization.yaml': 'k2\n' });
    expect(codes(() => writeOutput(out, rendered({ one: TWO })))).toEqual([]);
  });

  test('a generated file that was deleted is written again', () => {
    writeOutput(out, rendered({ one: ONE }));
    fs.rmSync(join(out, 'one/kustomization.yaml'));
    writeOutput(out, rendered({ one: ONE }));
    expect(withoutList(readTree(join(out, 'one')))).toEqual(ONE);
  });

  test("a file of the user's where one goes, forced or not", () => {
    writeTree(join(out, 'one'), { 'kustomization.yaml': 'mine\n' });
    expectRefused(ONE, ['FILE_NOT_OURS deploy/one/kustomization.yaml']);
    expectRefused(ONE, ['FILE_NOT_OURS deploy/one/kustomization.yaml'], true);
  });

  test("a folder or link of the user's where a file goes, and a file where a folder goes", () => {
    writeTree(join(out, 'one'), { 'kustomization.yaml/x': 'mine', workloads: 'mine' });
    expectRefused(ONE, ['FILE_NOT_OURS deploy/one/kustomization.yaml/x', 'FILE_NOT_OURS deploy/one/workloads']);
    fs.rmSync(join(out, 'one'), { recursive: true });
    fs.mkdirSync(join(out, 'one'));
    fs.symlinkSync('/nowhere', join(out, 'one/kustomization.yaml'));
    fs.symlinkSync('/tmp', join(out, 'one/workloads'));
    expectRefused(ONE, ['FILE_NOT_OURS deploy/one/kustomization.yaml', 'FILE_NOT_OURS deploy/one/workloads']);
  });

  test('a list of files that is not as ladder wrote it', () => {
    writeTree(join(out, 'one'), { [LIST_NAME]: '<<<<<<< ours\n' });
    expectRefused(ONE, [`LIST_UNREADABLE deploy/one/${LIST_NAME}`]);
  });

  test('a list that names files outside of the folder cannot reach them', () => {
    writeTree(parent, { precious: 'mine' });
    writeTree(join(out, 'one'), { [LIST_NAME]: JSON.stringify({ files: { '../../precious': 'x', '/etc/hosts': 'x' } }) });
    writeOutput(out, rendered({ one: ONE }));
    expect(readTree(parent)).toMatchObject({ precious: 'mine' });
  });
});

describe('bad output folders', () => {
  test('a file', () => {
    fs.writeFileSync(out, 'mine');
    expect(codes(() => writeOutput(out, rendered({ one: ONE })))).toEqual([`OUT_IS_FILE ${out}`]);
    expect(codes(() => writeOutput(join(out, 'deeper'), rendered({ one: ONE })))).toEqual([`OUT_IS_FILE ${out}`]);
    expect(fs.readFileSync(out, 'utf8')).toBe('mine');
  });

  test('the folder of an environment, or one inside it', () => {
    writeOutput(out, rendered({ one: ONE }));
    const before = readTree(out);
    expect(codes(() => writeOutput(join(out, 'one'), rendered({ two: TWO })))).toEqual([`OUT_IN_ENVIRONMENT ${join(out, 'one')}`]);
    expect(codes(() => writeOutput(join(out, 'one/workloads/x'), rendered({ two: TWO })))).toEqual([`OUT_IN_ENVIRONMENT ${join(out, 'one')}`]);
    expect(readTree(out)).toEqual(before);
  });

  test('an environment whose folder is a file or a link', () => {
    writeTree(out, { one: 'mine' });
    fs.mkdirSync(join(parent, 'real'));
    fs.symlinkSync('../real', join(out, 'two'));
    expect(codes(() => writeOutput(out, rendered({ one: ONE, two: TWO })))).toEqual([`FOLDER_IS_FILE ${join(out, 'one')}`, `FOLDER_IS_LINK ${join(out, 'two')}`]);
    expect(readTree(join(parent, 'real'))).toEqual({});
  });

  test.each(['mkdirSync', 'writeFileSync', 'renameSync'] as const)('one where %s is refused: said with the path, and the old tree stays', (operation) => {
    writeOutput(out, rendered({ one: ONE }));
    const before = readTree(out);
    jest.spyOn(fs, operation).mockImplementation((...[path]: readonly unknown[]) => { throw Object.assign(new Error(`EACCES: permission denied, '${String(path)}'`), { code: 'EACCES', syscall: 'any', path }); });
    expect(codes(() => writeOutput(out, rendered({ one: TWO, two: TWO })))).toEqual([expect.stringContaining(`OUT_UNWRITABLE ${out}`)]);
    jest.restoreAllMocks();
    expect(withoutList(readTree(out))).toEqual(withoutList(before));
  });

  test('one that cannot be made leaves nothing', () => {
    jest.spyOn(fs, 'writeFileSync').mockImplementation(() => { throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' }); });
    expect(codes(() => writeOutput(out, rendered({ one: ONE })))).toEqual([`OUT_UNWRITABLE ${out}`]);
    expect(fs.existsSync(out)).toBe(false);
  });

  test.each(['..', 'a/b', '', 'Capital', '.ladder'])('an environment called %p has no folder', (name) => {
    expect(codes(() => writeOutput(out, rendered({ [name]: ONE })))).toEqual([`NAME_RFC1123 environment ${name} name`]);
    expect(fs.existsSync(out)).toBe(false);
  });

  test('one that another ladder is writing to', () => {
    writeOutput(out, rendered({ one: ONE }));
    const before = readTree(out);
    writeTree(out, { '.ladder/pid': '1' });
    expect(codes(() => writeOutput(out, rendered({ one: TWO })))).toEqual([`OUT_BUSY ${out}/.ladder`]);
    expect(codes(() => compareOutput(out, rendered({ one: TWO })))).toEqual([`OUT_BUSY ${out}/.ladder`]);
    fs.rmSync(join(out, '.ladder'), { recursive: true });
    expect(readTree(out)).toEqual(before);
  });
});

describe('comparing', () => {
  test('writes nothing and gives both texts', () => {
    writeOutput(out, rendered({ one: ONE }));
    writeTree(join(out, 'one'), { 'workloads/shop/service/b.yaml': 'edited\n', 'mine.md': 'mine' });
    const before = readTree(out);
    const [one, two] = compareOutput(out, rendered({ one: ONE, two: TWO }));
    expect(one?.changes).toEqual([{ path: 'workloads/shop/service/b.yaml', before: 'edited\n', after: 'b\n' }]);
    expect(two?.changes.map(({ path }) => path)).toEqual([LIST_NAME, ...Object.keys(TWO).sort()]);
    expect(readTree(out)).toEqual(before);
  });

  test('a folder that is not there is all new, and is not made', () => {
    expect(compareOutput(out, rendered({ one: ONE }))[0]?.changes).toHaveLength(4);
    expect(fs.existsSync(out)).toBe(false);
  });
});

test('folders of environments that are gone are named, other folders are not', () => {
  writeOutput(out, rendered({ one: ONE, two: TWO }));
  writeTree(out, { 'mine/x': 'mine' });
  expect(strayFolders(out, ['two'])).toEqual(['one']);
  expect(strayFolders(join(out, 'nowhere'), [])).toEqual([]);
});
