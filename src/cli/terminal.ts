import { fstatSync } from 'node:fs';
import pc from 'picocolors';

/** Where a command reads and writes: the process itself, or strings in a test. */
export interface Terminal {
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  out(text: string): void;
  err(text: string): void;
  /** Whether another program reads what goes out: then no screen shows it, and no file keeps it. @default false */
  readonly outIsPipe?: boolean;
  /** What long work is at, on one line that the next replaces; the empty text takes it away. Not there where nobody watches. */
  status?(text: string): void;
  /** Colours, or functions that leave the text alone where nobody sees them. */
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** 0 fine, 1 broken, 2 bad input or usage, 3 cannot tell. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A command's own refusal of its input: printed as it is, exit code 2. */
export class UsageError extends Error {}

export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    stdin: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    get outIsPipe() { return isPipe(); },
    ...(process.stderr.isTTY && { status: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) }),
    colors: pc.createColors(pc.isColorSupported && process.stdout.isTTY === true),
  };
}

/** Node gives its children sockets for pipes. */
function isPipe(): boolean {
  const out = fstatSync(process.stdout.fd);
  return out.isFIFO() || out.isSocket();
}
