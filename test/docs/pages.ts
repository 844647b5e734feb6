import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** Every page that people wrote; what is generated is in docs/api. */
export const pages: readonly string[] = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && !name.startsWith('api/')).sort().map((name) => `docs/${name}`)];

/** What stands between two fences. */
export interface Block {
  readonly page: string;
  /** Which block of the page, from 0. */
  readonly number: number;
  /** Of the opening fence, 1-based. */
  readonly line: number;
  readonly language: string;
  /** The comment on the line before: how the block is proved. */
  readonly mark?: string;
  readonly text: string;
}

/** A line after `$`, with those it goes on in, and what it prints. */
export interface Command {
  readonly command: string;
  readonly output: string;
}

const FENCED = /^(?:<!-- (?<mark>[^\n]+) -->\n)?```(?<language>\w+)\n(?<text>.*?)^```$/gms;

export function blocksOf(page: string): Block[] {
  const source = readFileSync(join(ROOT, page), 'utf8');
  return [...source.matchAll(FENCED)].map(({ index, groups: { mark, language = '', text = '' } = {} }, number) => ({
    page, number, language, text, line: source.slice(0, index).split('\n').length + (mark === undefined ? 0 : 1), ...(mark !== undefined && { mark }),
  }));
}

export function commandsIn({ text }: Block): Command[] {
  return text.split(/^\$ /m).slice(1).map((part) => {
    const [, command = '', output = ''] = /^((?:[^\n]*\\\n)*[^\n]*)\n?([^]*)$/.exec(part) ?? [];
    return { command, output: output.trimEnd() };
  });
}

/** With `UPDATE_DOCS=1` the pages get what the commands print. Where a page shows only part of it, it stays. */
export const update = process.env.UPDATE_DOCS === '1';

export function rewrite({ page, number, text: shown }: Block, text: string): void {
  if (/^…$/m.test(shown)) return;
  const file = join(ROOT, page);
  let passed = 0;
  writeFileSync(file, readFileSync(file, 'utf8').replace(FENCED, (all: string) => (passed++ === number ? all.replace(/(?<=^```\w+\n).*(?=^```$)/ms, () => text) : all)));
}

export function withOutputs(block: Block, outputs: readonly string[]): string {
  return commandsIn(block).map(({ command }, index) => `$ ${command}\n${outputs[index] ?? ''}\n`).join('\n').replace(/\n{3,}/g, '\n\n').replace(/\n+$/, '\n');
}

/** A line with only `…` stands for any lines. */
export function expectShown(actual: string, shown: string): void {
  const parts = shown.split(/^…$/m);
  if (parts.length === 1) {
    expect(actual).toBe(shown);
    return;
  }
  let rest = actual;
  for (const part of parts.map((each) => each.trim())) {
    expect(rest).toContain(part);
    rest = rest.slice(rest.indexOf(part) + part.length);
  }
}
