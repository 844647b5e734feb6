import { Command, CommanderError } from 'commander';
import { messageOf, ProblemError } from '../model/problem';
import { registerCertificate } from './certificate';
import { registerCheck } from './check';
import { registerCost } from './cost';
import { registerDiff } from './diff';
import { registerExplain } from './explain';
import { registerGraph } from './graph';
import { registerInit } from './init';
import { registerKindConfig } from './kind-config';
import { registerStart } from './start';
import { registerSynth } from './synth';
import { type ExitCode, type Terminal, UsageError } from './terminal';
import { registerTest } from './test';
import { packageVersion } from './version';

/** A command: declares its flags on `program` and calls `exit` with how it went. */
export type Registration = (program: Command, terminal: Terminal, exit: (code: ExitCode) => void) => void;

const commands: readonly Registration[] = [
  registerInit, registerSynth, registerDiff, registerKindConfig, registerCertificate, registerStart, registerExplain, registerCheck, registerTest, registerCost, registerGraph,
];

/** Runs `ladder` with these arguments (without node and the script) and says how to exit; never throws, never prints a stack trace. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command('ladder')
    .description('Expose services on Kubernetes, and explain which way a request goes.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const register of commands) register(program, terminal, (given) => { code = given; });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ProblemError || error instanceof UsageError) {
      terminal.err(`${error.message}\n`);
      return 2;
    }
    terminal.err(`ladder: ${messageOf(error)}\nThis is a mistake in ladder itself; please report it.\n`);
    return 2;
  }
}
