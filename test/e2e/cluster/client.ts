import { spawn } from 'node:child_process';
import type { Ground } from './ground';
import { type Place, placeText } from './place';

/** A request; `dial` says where to connect when that is not what the URL says, as `curl --resolve` does. */
export interface Sent {
  readonly url: string;
  readonly dial?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** What the client saw: a symptom when nothing answered, else the answer. */
export interface Received {
  readonly symptom?: 'nxdomain' | 'refused' | 'timeout' | 'reset' | 'unreachable' | 'other';
  readonly error?: string;
  readonly status?: number;
  readonly location?: string;
  /** The DNS names of the certificate that was served. */
  readonly certificate?: readonly string[];
  readonly body?: string;
}

/** What the stand-in saw of the request that it answered. */
export interface Seen {
  readonly pod: string;
  readonly port: string;
  readonly client: string;
  readonly host: string;
  readonly path: string;
  /** `HTTP/1.1`, of which it says nothing, or `HTTP/2.0`. */
  readonly protocol: string;
  readonly forwardedFor: string;
  readonly forwardedProto: string;
  /** X-Mark, where a Gateway has set it. */
  readonly mark?: string;
}

/** What became of a steady load on one URL. */
export interface Tally {
  readonly url: string;
  readonly sent: number;
  readonly failed: number;
  readonly pods: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly first: Readonly<Record<string, string>>;
}

/** Sends all of these at once from a place; the answers are in the same order. */
export async function send(ground: Ground, from: Place, requests: readonly Sent[]): Promise<Received[]> {
  return JSON.parse(await pipe(ground.command(from, ['call']), JSON.stringify(requests), placeText(from))) as Received[];
}

/** Sends one, and reads what the stand-in behind it saw; raises what went wrong instead. */
export async function ask(ground: Ground, from: Place, request: Sent): Promise<Seen> {
  const [received] = await send(ground, from, [request]);
  return seenIn(received, `${request.url} from ${placeText(from)}`);
}

export function seenIn(received: Received | undefined, what: string): Seen {
  if (received?.status !== 200 || received.body === undefined) throw new Error(`${what}: ${JSON.stringify(received)}`);
  return { protocol: 'HTTP/1.1', ...(JSON.parse(received.body) as Omit<Seen, 'protocol'>) };
}

/** Runs a command to its end and returns what it printed. */
export function pipe([program = '', ...args]: readonly string[], input: string, what = program): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${what} ended with ${code}: ${err}`))));
    // A command that ends without reading its input has said why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Calls every target fifty times a second, each time on a new connection, while `during` runs. A target is a URL, or URL=ADDRESS:PORT. */
export async function underLoad(ground: Ground, from: Place, targets: readonly string[], during: () => Promise<void>): Promise<readonly Tally[]> {
  const [program = '', ...args] = ground.command(from, ['load', ...targets]);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  const ended = new Promise<void>((resolve, reject) => child.on('close', () => resolve()).on('error', reject));
  try {
    await during();
  } finally {
    child.stdin.end();
    await ended;
  }
  return JSON.parse(out) as Tally[];
}
