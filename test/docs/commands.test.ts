import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { ladder } from '../cli/memory-terminal';
import { type Block, blocksOf, commandsIn, expectShown, pages, rewrite, ROOT, update, withOutputs } from './pages';

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
  mkdirSync(join(cwd, '.git'));
  if (inGuide) await ladder(['synth', '--no-findings'], { cwd });
  return cwd;
}
afterAll(() => [...folders.values()].forEach((each) => rmSync(each, { recursive: true })));

/** Small things that a reader does to the files between two commands. */
const OF_THE_SHELL = ['cat', 'echo', 'ls', 'rm'];

/** Where the latest version of an app is that a page shows: a module is loaded once, so each version is a file of its own. */
const apps = new Map<string, string>();

async function printed(command: string, page: string): Promise<string> {
  const [program = '', ...args] = command.replace(/^npx /, '').replaceAll('\\\n', ' ').split(/\s+/);
  const cwd = await folderOf(page);
  if (OF_THE_SHELL.includes(program)) return execFileSync('bash', ['-c', command], { cwd, encoding: 'utf8' }).trim();
  expect(program).toBe('ladder');
  const { out, err } = await ladder(args.map((arg) => apps.get(arg) ?? arg), { cwd });
  return `${out}${err}`.replaceAll(`${cwd}/`, '').split('\n').map((line) => line.trimEnd()).join('\n').trim();
}

/** Blocks of commands that no test runs, on pages that are no place for a comment. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'what .ci/run does with a fresh clone',
  'npm ci\nnpm run verify': 'what .ci/run does with a fresh clone',
  'npx ladder kind-config kind-ingress > kind.yaml': 'kind needs Docker; the suite starts its cluster from the same config',
};

const reasonOf = ({ page, text }: Block): string | undefined => (page.includes('/') ? undefined : Object.keys(NOT_RUN).find((start) => text.startsWith(start)));

/** How a block is proved, by its language and the comment before it. `undefined`: there is nothing to prove. */
function proofOf(block: Block): 'run' | 'drawn' | 'written' | 'app' | 'on a cluster' | 'not run' | 'nothing says how' | undefined {
  const { language, mark = '' } = block;
  if (mark.startsWith('file: ')) return 'written';
  if (mark.startsWith('app: ')) return 'app';
  if (/^not run: \S/.test(mark)) return 'not run';
  if (language === 'mermaid') return mark === 'drawn by hand' ? undefined : 'drawn';
  if (!['console', 'sh', 'bash', 'shell'].includes(language)) return undefined;
  if (/^on a cluster( with load balancers)?$/.test(mark)) return 'on a cluster';
  if (language === 'console' && mark === '') return 'run';
  return reasonOf(block) === undefined ? 'nothing says how' : 'not run';
}

const prove: Readonly<Record<string, (block: Block) => Promise<void>>> = {
  async run(block) {
    const commands = commandsIn(block);
    expect(commands.length).toBeGreaterThan(0);
    const outputs: string[] = [];
    for (const { command } of commands) outputs.push(await printed(command, block.page));
    if (update) rewrite(block, withOutputs(block, outputs));
    else for (const [index, { output }] of commands.entries()) expectShown(outputs[index] ?? '', output);
  },
  async drawn(block) {
    const picture = `${await printed(block.mark ?? '', block.page)}\n`;
    if (update) rewrite(block, picture);
    else expect(block.text).toBe(picture);
  },
  async written(block) {
    const file = readFileSync(join(await folderOf(block.page), (block.mark ?? '').slice('file: '.length)), 'utf8');
    if (update) rewrite(block, file);
    else expectShown(file.trimEnd(), block.text.trimEnd());
  },
  /** What a reader compiles: bundled with this library, so that it runs where nothing is installed. */
  async app(block) {
    const named = (block.mark ?? '').slice('app: '.length);
    const outfile = join(await folderOf(block.page), `${named}-${block.number}.js`);
    mkdirSync(dirname(outfile), { recursive: true });
    writeFileSync(`${outfile}.ts`, block.text);
    const { errors } = buildSync({ entryPoints: [`${outfile}.ts`], outfile, bundle: true, platform: 'node', logLevel: 'silent', alias: { 'service-ladder': join(ROOT, 'src/index.ts') }, nodePaths: [join(ROOT, 'node_modules')] });
    expect(errors).toEqual([]);
    apps.set(named, outfile);
  },
};

const blocks = pages.flatMap(blocksOf);
const inPlace = (proof: string): readonly Block[] => blocks.filter((block) => proofOf(block) === proof);

describe('the command blocks of the documentation', () => {
  test('are run here, or on a cluster by test/e2e/guides.test.ts, or say why not', () => {
    expect(inPlace('nothing says how').map(({ page, line }) => `${page}:${line}`)).toEqual([]);
  });

  test.each(Object.keys(NOT_RUN))('%j is still somewhere', (start) => {
    expect(blocks.map(reasonOf)).toContain(start);
  });

  test('are most of them run', () => {
    expect(inPlace('run').length + inPlace('on a cluster').length).toBeGreaterThan(inPlace('not run').length);
  });
});

const proved = pages.map((page) => [page, blocksOf(page).flatMap((block) => {
  const check = prove[proofOf(block) ?? ''];
  return check === undefined ? [] : [[block.line, block, check] as const];
})] as const).filter(([, ofPage]) => ofPage.length > 0);

describe.each(proved)('%s', (_page, ofPage) => {
  test.each(ofPage)('shows at line %i what is so', (_line, block, check) => check(block));
});
