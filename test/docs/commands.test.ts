import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ladder } from '../cli/memory-terminal';

const ROOT = join(__dirname, '..', '..');
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

/** A `console` block: each line after a `$` is a command, what follows is what it prints. */
const shown = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```console\n(.*?)^```$/gms)].flatMap((block) => (block[1] ?? '').split(/^\$ /m).slice(1).map((part) => {
    const [command = '', ...lines] = part.split('\n');
    return { page, command, output: lines.join('\n').trim() };
  }));
});

describe('the commands that the documentation shows with their output', () => {
  test('are there', () => {
    expect(shown.length).toBeGreaterThan(2);
  });

  test.each(shown)('$page: $command', async ({ command, output }) => {
    const [program, ...args] = command.replace(/^npx /, '').split(' ');
    expect(program).toBe('ladder');
    const { out, err } = await ladder(args, { cwd: ROOT });
    expect(err).toBe('');
    expect(out.split('\n').map((line) => line.trimEnd()).join('\n').trim()).toBe(output);
  });
});
