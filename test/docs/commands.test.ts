import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ladder } from '../cli/memory-terminal';
import { type Block, blocksOf, commandsIn, expectShown, pages, rewrite, ROOT, update, withOutputs } from './pages';

const blocks = pages.flatMap(blocksOf);
const ofShells = blocks.filter(({ language }) => ['console', 'sh', 'bash', 'shell'].includes(language));

/** Where a page's commands run, one after the other: beside the examples, with nothing rendered yet; in the guide with all of it, as its first page says. */
const folders = new Map<string, string>();
async function folderOf(page: string): Promise<string> {
  const inGuide = page.startsWith('docs/guide/') && !page.endsWith('README.md');
  const key = inGuide ? 'docs/guide' : page;
  const known = folders.get(key);
  if (known !== undefined) return known;
  const cwd = mkdtempSync(join(tmpdir(), 'page-'));
  folders.set(key, cwd);
  symlinkSync(join(ROOT, 'docs'), join(cwd, 'docs'));
  if (inGuide) await ladder(['synth', '--no-findings'], { cwd });
  return cwd;
}
afterAll(() => [...folders.values()].forEach((each) => rmSync(each, { recursive: true })));

/** Small things that a reader does to the files between two commands. */
const OF_THE_SHELL = ['cat', 'echo', 'ls', 'rm'];

async function printed(command: string, page: string): Promise<string> {
  const [program = '', ...args] = command.replace(/^npx /, '').split(/\s+/);
  const cwd = await folderOf(page);
  if (OF_THE_SHELL.includes(program)) return execFileSync('bash', ['-c', command], { cwd, encoding: 'utf8' }).trim();
  expect(program).toBe('ladder');
  const { out, err } = await ladder(args, { cwd });
  return `${out}${err}`.replaceAll(`${cwd}/`, '').split('\n').map((line) => line.trimEnd()).join('\n').trim();
}

/** Blocks of commands that no test runs, where a comment cannot say so. */
const README: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'what .ci/run does with a fresh clone',
  'npm ci\nnpm run verify': 'what .ci/run does with a fresh clone',
  'npx ladder kind-config kind-ingress > kind.yaml': 'kind needs Docker; the suite starts its cluster from the same config',
};

const proofOf = ({ page, language, mark = '', text }: Block): string => {
  if (language === 'console' && mark === '') return 'run';
  if (/^on a cluster( with load balancers)?$/.test(mark) && language === 'console') return 'run on a cluster';
  if (/^not run: \S/.test(mark)) return 'not run';
  return !page.includes('/') && Object.keys(README).some((start) => text.startsWith(start)) ? 'not run' : 'nothing says how it is proved';
};

describe('the commands of the documentation', () => {
  test('are run here, on a cluster by test/e2e/guides.test.ts, or say why not', () => {
    expect(ofShells.filter((block) => proofOf(block) === 'nothing says how it is proved').map(({ page, line }) => `${page}:${line}`)).toEqual([]);
  });

  test.each(Object.keys(README))('%s is still somewhere', (start) => {
    expect(ofShells.some(({ page, text }) => !page.includes('/') && text.startsWith(start))).toBe(true);
  });

  const run = ofShells.filter((block) => proofOf(block) === 'run');
  test.each(run.map((block) => [`${block.page}:${block.line}`, block] as const))('print what is shown at %s', async (_, block) => {
    const commands = commandsIn(block);
    expect(commands.length).toBeGreaterThan(0);
    const outputs: string[] = [];
    for (const { command } of commands) outputs.push(await printed(command, block.page));
    if (update) rewrite(block, withOutputs(block, outputs));
    else for (const [index, { output }] of commands.entries()) expectShown(outputs[index] ?? '', output);
  });
});

describe('the files that the documentation shows', () => {
  const files = blocks.filter(({ mark = '' }) => mark.startsWith('file: '));
  test.each(files.map((block) => [`${block.page}:${block.line}`, block] as const))('are what ladder wrote, at %s', async (_, block) => {
    const written = readFileSync(join(await folderOf(block.page), (block.mark ?? '').slice('file: '.length)), 'utf8');
    if (update) rewrite(block, written);
    else expectShown(written.trimEnd(), block.text.trimEnd());
  });
});

describe('the pictures of the documentation', () => {
  const pictures = blocks.filter(({ language, mark }) => language === 'mermaid' && mark !== 'drawn by hand');
  test.each(pictures.map((block) => [`${block.page}:${block.line}`, block] as const))('are what the command above draws, at %s', async (_, block) => {
    const drawn = `${await printed(block.mark ?? 'no command', block.page)}\n`;
    if (update) rewrite(block, drawn);
    else expect(block.text).toBe(drawn);
  });
});
