import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a `kubectl port-forward` command while `during` does something through it. */
export async function throughPortForward<T>(command: string, during: () => Promise<T>): Promise<T> {
  const [program = '', ...args] = command.split(' ');
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  try {
    await Promise.race([once(child.stdout, 'data'), ended.then(() => { throw new Error(`${command} ended`); })]);
    return await during();
  } finally {
    child.kill();
    await ended;
  }
}
