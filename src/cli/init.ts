import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ExitCode, Terminal } from './terminal';
import { packageVersion } from './version';

export function registerInit(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program.command('init')
    .summary('write a new project: one service on kind, ready to render')
    .description('Writes a TypeScript project with one service on a kind cluster, its tests of routing and a README. Overwrites nothing.')
    .argument('[folder]', 'where it goes; need not be there', '.')
    .option('--name <name>', 'of package, namespace and kind cluster (default: the folder\'s)')
    .addHelpText('after', `
Examples:
  ladder init shop
  ladder init --name shop .

Exit code: 0 done; 2 bad input or files in the way, and nothing was written.`)
    .action(async (folder: string, flags: { readonly name?: string }) => {
      const { newProject } = await import('../project/project.js');
      const target = resolve(terminal.cwd, folder);
      const { name, files } = newProject(target, packageVersion(), flags.name);
      const shown = relative(terminal.cwd, target);
      terminal.out(`${terminal.colors.bold(name)}\n${files.map((path) => `  ${path}\n`).join('')}\nNext:\n${nextCommands(shown)}`);
      exit(0);
    });
}

function nextCommands(folder: string): string {
  const quoted = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return [...(folder === '' ? [] : [`cd ${quoted}`]), 'npm install', 'npm start'].map((command) => `  ${command}\n`).join('');
}
