import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pages, ROOT } from './pages';

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '').replace(/ /g, '-');
}

const withoutCode = (text: string): string => text.replace(/^```.*?^```$/gms, '');
const anchorsOf = (file: string): readonly string[] => [...withoutCode(readFileSync(join(ROOT, file), 'utf8')).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));

const links = pages.flatMap((page) => [...withoutCode(readFileSync(join(ROOT, page), 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)]
  .map(([, target = '']) => ({ page, target })).filter(({ target }) => !/^[a-z]+:/.test(target)));

test('there are links', () => expect(links.length).toBeGreaterThan(50));

test('links lead to files and headings that are there', () => {
  const broken = links.filter(({ page, target }) => {
    const [path = '', heading] = target.split('#');
    const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
    if (!existsSync(join(ROOT, file))) return true;
    return heading !== undefined && !anchorsOf(file).includes(heading);
  });
  expect(broken).toEqual([]);
});

test('the index has every page', () => {
  const indexed = new Set(links.filter(({ page }) => page === 'docs/README.md').map(({ target }) => `docs/${target}`));
  const missing = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md' && !indexed.has(page));
  expect(missing).toEqual([]);
});
