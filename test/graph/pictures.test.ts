import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../src/apps/environments';
import { ladder } from '../cli/memory-terminal';

/** `UPDATE_GOLDEN=1 npx jest test/graph/pictures` draws the pictures of the documentation anew; look at them before you commit. */
const update = process.env['UPDATE_GOLDEN'] === '1';
const folder = join(__dirname, '../../docs/pictures');

const pictures: readonly (readonly [string, readonly string[]])[] = [
  ...environments.map(({ name }) => [`${name}.svg`, ['--environment', name]] as const),
  ['way.svg', ['--environment', 'kind-ingress', '--request', 'http://shop.localhost:8080/blue', '--title', 'The way of http://shop.localhost:8080/blue']],
  ['broken.svg', ['docs/examples', '--request', 'http://localhost:30001', '--title', 'Where http://localhost:30001 breaks']],
];

test('every picture is one of these', () => expect(readdirSync(folder).sort()).toEqual(pictures.map(([file]) => file).sort()));

test.each(pictures)('%s is what ladder graph draws', async (file, args) => {
  const { out, err, code } = await ladder(['graph', ...args, '--format', 'svg'], { cwd: join(__dirname, '../..') });
  expect({ err, code }).toEqual({ err: '', code: 0 });
  const path = join(folder, file);
  if (update) writeFileSync(path, out);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(out);
});
