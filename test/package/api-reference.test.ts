import { join } from 'node:path';
import { readTree, scratchFolder } from '../render/disk';
import { ROOT, shell } from './shell';

const folder = scratchFolder();

test('docs/api is what the docstrings say; npm run docs:api writes it anew', () => {
  shell(ROOT, `npx typedoc --out ${folder}`);
  const [now, then] = [readTree(folder), readTree(join(ROOT, 'docs/api'))];
  expect(Object.keys(now).length).toBeGreaterThan(4);
  expect(then).toEqual(now);
});
