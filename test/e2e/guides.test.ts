import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, blocksOf, commandsIn, expectShown, pages, rewrite, ROOT, update, withOutputs } from '../docs/pages';
import { Api } from './cluster/api';
import { workFolder } from './cluster/build';
import { ground as groundOf, hasLoadBalancers } from './cluster/ground';
import { masked } from './cluster/masked';
import { namespacesGone } from './cluster/wait';

/** The blocks of the documentation that need a cluster, page by page as a reader types them. `kind create cluster` is done. */
const marked = (block: Block): boolean => block.mark === 'on a cluster' || (block.mark === 'on a cluster with load balancers' && hasLoadBalancers);
const withCluster = pages.map((page) => [page, blocksOf(page).filter(marked)] as const).filter(([, blocks]) => blocks.length > 0);

const END = '\u001e';
let folder: string;
let prelude: string;

beforeAll(async () => {
  const api = new Api();
  await namespacesGone(api, ['shop', 'traefik', 'guide']);
  api.close();
  mkdirSync(workFolder, { recursive: true });
  folder = mkdtempSync(join(workFolder, 'page-'));
  symlinkSync(join(ROOT, 'docs'), join(folder, 'docs'));
  execFileSync(process.execPath, [join(ROOT, 'dist/bin/ladder.js'), 'synth'], { cwd: folder, stdio: 'ignore' });
  prelude = groundOf().shell;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are such pages', () => expect(withCluster.length).toBeGreaterThan(3));

describe.each(withCluster)('%s', (_page, blocks) => {
  test.each(blocks.map((block) => [block.line, block] as const))('shows at line %i what a cluster prints', (_line, block) => {
    const commands = commandsIn(block);
    // One shell for a block, so that a variable lasts as long as it.
    const script = [prelude, ...commands.map(({ command }) => `${command}\nprintf '\\036'`)].join('\n');
    const outputs = execFileSync('bash', ['-c', `exec 2>&1\n${script}`], { cwd: folder, encoding: 'utf8', timeout: 200_000 }).split(END).slice(0, -1).map((text) => text.trim());
    if (update) rewrite(block, withOutputs(block, outputs));
    for (const [index, { output }] of commands.entries()) {
      if (!update) expectShown(masked(outputs[index] ?? ''), masked(output));
    }
    expect(outputs).toHaveLength(commands.length);
  });
});
