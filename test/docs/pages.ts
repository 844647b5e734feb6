import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** Every page that people wrote; what is generated is in docs/api. */
export const pages: readonly string[] = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && !name.startsWith('api/')).sort().map((name) => `docs/${name}`)];

/** What stands between two fences. */
export interface Block {
  readonly page: string;
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

export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^(?:<!-- (.+) -->\n)?```(\w+)\n(.*?)^```$/gms)].map(([all, mark, language = '', body = ''], index, matches) => ({
    page, language, text: body, line: text.slice(0, (matches[index]?.index ?? 0) + all.indexOf('```')).split('\n').length, ...(mark !== undefined && { mark }),
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

export function rewrite(block: Block, text: string): void {
  if (block.text === text || /^…$/m.test(block.text)) return;
  const file = join(ROOT, block.page);
  const page = readFileSync(file, 'utf8');
  const found = page.split(block.text).length - 1;
  if (found !== 1) throw new Error(`${block.page}:${block.line} is ${found} times on its page.`);
  writeFileSync(file, page.replace(block.text, () => text));
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
