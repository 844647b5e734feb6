import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import pc from 'picocolors';
import { run } from '../../src/cli/run';
import type { ExitCode } from '../../src/cli/terminal';

/** What a command did: all that a shell would see of it. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  /** @default the repository */
  readonly cwd?: string;
  /** @default empty */
  readonly stdin?: string;
  /** @default true */
  readonly outIsPipe?: boolean;
}

/** Runs `ladder` in this process, away from the real terminal. */
export async function ladder(args: readonly string[], { cwd = process.cwd(), stdin = '', outIsPipe = true }: Surroundings = {}): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await run(args, {
    cwd,
    stdin: Readable.from([Buffer.from(stdin)]),
    out: (text) => { out += text; },
    err: (text) => { err += text; },
    outIsPipe,
    colors: pc.createColors(false),
  });
  return { code, out, err };
}

/** A new folder with these files in it. */
export function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'ladder-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
