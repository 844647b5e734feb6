import fs from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../src/model/problem';
import { filesInTheWay, writeNew } from '../../src/project/write-new';
import { readTree, scratchFolder, writeTree } from '../render/disk';

const root = scratchFolder();
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(root, 'case-'));
});

const FILES = new Map([['a.txt', 'a'], ['deep/er/b.txt', 'b'], ['c.txt', 'c']]);
const inTheWay = (): string => filesInTheWay(folder, FILES.keys()).map(({ rule }) => rule).join('\n');

describe('what is in the way', () => {
  test.each<[string, Record<string, string>, string]>([
    ['nothing, in an empty folder', {}, ''],
    ['nothing, beside other files', { 'd.txt': '', 'deep/other.txt': '' }, ''],
    ['files, all of them', { 'a.txt': '', 'deep/er/b.txt': '' }, 'there are already: a.txt, deep/er/b.txt.'],
    ['a file that should be a folder, once', { deep: '' }, 'there are already: deep.'],
    ['a folder that should be a file', { 'a.txt/x': '' }, 'there are already: a.txt.'],
  ])('%s', (_, there, expected) => {
    writeTree(folder, there);
    expect(inTheWay()).toMatch(expected === '' ? /^$/ : expected);
  });

  test('links too, those to nowhere as well; a link to a folder is one', () => {
    fs.symlinkSync('nowhere', join(folder, 'a.txt'));
    fs.mkdirSync(join(folder, 'elsewhere'));
    fs.symlinkSync('elsewhere', join(folder, 'deep'));
    expect(inTheWay()).toMatch('there are already: a.txt.');
  });

  test('the folder itself or one above it, when it is a file', () => {
    fs.rmdirSync(folder);
    fs.writeFileSync(folder, '');
    expect(inTheWay()).toContain(`there are already: ${folder}.`);
    expect(filesInTheWay(join(folder, 'below'), FILES.keys())[0]?.rule).toContain(`there are already: ${folder}.`);
  });
});

describe('writing', () => {
  test('makes the folders that are needed', () => {
    writeNew(join(folder, 'x/y'), FILES);
    expect(readTree(folder)).toEqual({ 'x/y/a.txt': 'a', 'x/y/deep/er/b.txt': 'b', 'x/y/c.txt': 'c' });
  });

  test('that cannot end leaves nothing of itself, and all that was there', () => {
    writeTree(folder, { 'mine.txt': 'mine', 'c.txt': 'came in between' });
    expect(() => writeNew(folder, FILES)).toThrow(ProblemError);
    expect(readTree(folder)).toEqual({ 'mine.txt': 'mine', 'c.txt': 'came in between' });
  });
});
