import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Browser, type LaunchOptions, type Page, chromium } from 'playwright-core';
import { layOut } from '../../src/graph/layout';
import { graphOf } from '../../src/graph/model/build';
import { renderPage } from '../../src/graph/page';
import type { Trace, World } from '../../src/explain';

/** CHROMIUM names it; else where systems put it. */
export const executable = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
  .find((path) => path !== undefined && path !== '' && existsSync(path));

/** The tests, or with no browser (or without what else they need) a word about why there are none. */
export function inBrowser(title: string, tests: () => void, missing?: string): void {
  const lacks = executable === undefined ? 'no Chromium; install one, or name it: CHROMIUM=/path/to/chromium npm run browser' : missing;
  if (lacks === undefined) return describe(title, tests);
  process.stderr.write(`\nNOT TESTED: ${title}. There is ${lacks}\n\n`);
  test.skip(`${title}: there is ${lacks}`, () => undefined);
}

const folder = mkdtempSync(join(tmpdir(), 'ladder-browser-'));

/** Writes the page of a world to a file, with the program as it is in the source now; the way that is asked for first is lit. */
export async function pageOf(world: World, title: string, asked: readonly Trace[] = []): Promise<string> {
  const bundle = buildSync({ entryPoints: [join(__dirname, '../../src/graph/browser/main.ts')], write: false, bundle: true, format: 'iife', platform: 'browser', minify: true, logLevel: 'silent' });
  const graph = graphOf(world, asked);
  const file = join(folder, `${title.replace(/\W/g, '-')}.html`);
  writeFileSync(file, renderPage(graph, await layOut(graph), { title, way: asked.length === 0 ? undefined : graph.ways[0], script: bundle.outputFiles[0]?.text ?? '' }));
  return file;
}

export function launch({ args = [], ...options }: Pick<LaunchOptions, 'args' | 'env'> = {}): Promise<Browser> {
  return chromium.launch({ executablePath: executable ?? '', args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args], ...options });
}

/** What must stay empty: requests beside the page's own, errors, and words on the console. */
export interface Watched {
  readonly page: Page;
  readonly noise: string[];
}

export async function open(browser: Browser, file: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('request', (request) => { if (request.url() !== `file://${file}`) noise.push(`request: ${request.url()}`); });
  await page.goto(`file://${file}`);
  return { page, noise };
}
