import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/copying-a-pattern.md'), 'utf8');
const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

const rows = [...page.matchAll(/^\| [^|]* \| `(src\/[^`]+)` \| ?([^|]*) \| ?([^|]*) ?\|$/gm)].map(([, file = '', beside = '', needs = '']) => ({
  file, beside: namesIn(beside), needs: namesIn(needs),
}));

/** A file, all that it imports, and so on; what is no file of ours by its name. */
function importsOf(file: string, found = new Set<string>()): Set<string> {
  for (const [, target = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(/\bfrom '([^']+)'/g)) {
    const name = target.startsWith('.') ? `${join(dirname(file), target)}.ts` : target;
    if (found.has(name) || name.startsWith('node:')) continue;
    found.add(name);
    if (name !== target) importsOf(name, found);
  }
  return found;
}

test('the page lists files', () => expect(rows.length).toBeGreaterThan(5));

test.each(rows)('$file can be copied with what the page lists, and no more', ({ file, beside, needs }) => {
  expect([...importsOf(file)].sort()).toEqual([...beside, ...needs].sort());
});

test('the constructs that it recommends are exported', () => {
  const index = readFileSync(join(ROOT, 'src/index.ts'), 'utf8');
  const named = [...page.matchAll(/^\| [^|]* \| `(\w+)`/gm)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(index))).toEqual([]);
});

test('it links to what is there', () => {
  const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(join(ROOT, 'docs', link)))).toEqual([]);
});
