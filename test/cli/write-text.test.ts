import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../src/cli/terminal';
import { writeText } from '../../src/cli/write-text';
import { folder } from './memory-terminal';

const at = (cwd: string) => ({ cwd });

test('makes the folders, and replaces what was there', () => {
  const cwd = folder({});
  for (const text of ['one', 'two']) writeText('a/b.txt', text, at(cwd));
  expect(readFileSync(join(cwd, 'a/b.txt'), 'utf8')).toBe('two');
  expect(readdirSync(join(cwd, 'a'))).toEqual(['b.txt']);
});

test('writes through a link', () => {
  const cwd = folder({ 'real.txt': 'before' });
  symlinkSync('real.txt', join(cwd, 'link.txt'));
  writeText('link.txt', 'after', at(cwd));
  expect(readFileSync(join(cwd, 'real.txt'), 'utf8')).toBe('after');
});

test('leaves what was there, and nothing beside it, where it cannot', () => {
  const cwd = folder({});
  mkdirSync(join(cwd, 'taken'));
  expect(() => writeText('taken', 'text', at(cwd))).toThrow(UsageError);
  writeFileSync(join(cwd, 'file'), '');
  expect(() => writeText('file/below', 'text', at(cwd))).toThrow(/^file\/below: cannot be written: /);
  expect(readdirSync(cwd).sort()).toEqual(['file', 'taken']);
  expect(existsSync(join(cwd, 'taken'))).toBe(true);
});
