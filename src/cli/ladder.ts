import { setFlagsFromString } from 'node:v8';
import { run } from './run';
import { processTerminal } from './terminal';

// Runs are short: compiling functions later saves a quarter of the time at 1,000 services, and some of it at 10,000. Another V8 may
// not have the flag and would say so.
if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString('--interrupt-budget=1000000');

// A reader that has seen enough (`| head`) closes the pipe; that is no error. A full disk is one.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) process.stderr.write(`The output cannot be written: ${error.message}\n`);
    process.exit(2);
  });
}

void run(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
