import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import type { SynthFlags } from './synth-flags';
import { type ExitCode, type Terminal, UsageError } from './terminal';

export function registerSynth(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program.command('synth')
    .summary('write the manifests of every environment, ready for kubectl apply -k and GitOps')
    .description('Renders environments, each into a folder of its own: one object a file, and a kustomization that has them all in order. Files that ladder did not write stay as they are.')
    .argument('[environments...]', 'the environments to render (default: all)')
    .option(...APP_FLAG)
    .option('-o, --out <folder>', 'where the folders of the environments go', 'deploy')
    .option('--list', 'print the environments and do nothing')
    .addOption(new Option('--check', 'compare with the files that are there, print what differs, write nothing').conflicts(['stdout', 'list']))
    .addOption(new Option('--stdout', 'print the manifests of one environment instead of writing files').conflicts(['list', 'gitops']))
    .option('--force', 'overwrite generated files that were edited since')
    .option('--no-findings', 'do not follow the requests through what was rendered')
    .addOption(new Option('--gitops <tool>', 'also write what tells the tool about each environment').choices(['argocd', 'flux']))
    .option('--repo <url>', 'with --gitops: the Git repository (Flux: default is the GitRepository flux-system)')
    .option('--revision <name>', 'with --gitops: branch, or with argocd also tag or commit (default: main)')
    .option('--path <folder>', 'with --gitops: the --out folder from the root of the repository (default: found by its .git)')
    .addOption(new Option('--json', 'what was done, as JSON').conflicts('stdout'))
    .addHelpText('after', `
Examples:
  ladder synth                                   every environment of the example, into deploy/
  ladder synth kind-nodeport --stdout | kubectl apply -f -
  ladder synth --app dist/main.js --out manifests
  ladder synth --check                           in CI: exit code 1 when deploy/ is not what the code says
  ladder synth --gitops argocd --repo https://github.com/me/shop.git

Exit code: 0 done; 1 a finding that is an error in what was rendered, or with --check a difference; 2 bad input, and nothing was written.`)
    .action(async (names: readonly string[], flags: SynthFlags) => exit(await synth(names, flags, terminal)));
}

async function synth(names: readonly string[], flags: SynthFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.gitops === 'argocd' && flags.repo === undefined) throw new UsageError('Argo CD reads from a repository: give its URL with --repo.');
  const misplaced = (['repo', 'revision', 'path'] as const).filter((flag) => flags.gitops === undefined && flags[flag] !== undefined);
  if (misplaced.length > 0) throw new UsageError(`${misplaced.map((flag) => `--${flag}`).join(' and ')} only matter with --gitops argocd or --gitops flux.`);

  const loaded = await loadDefinitions(names, flags.app, terminal);
  if (flags.list) {
    terminal.out(listText(loaded.definitions, flags.json === true));
    return 0;
  }
  if (flags.stdout && loaded.definitions.length !== 1) {
    throw new UsageError(`--stdout prints one environment, because a cluster gets one. Name it: ${loaded.definitions.map(({ name }) => name).join(', ')}.`);
  }
  const { printManifests, checkFiles, writeFiles } = await import('./render.js');
  const out = resolve(terminal.cwd, flags.out);
  if (flags.stdout) return printManifests(loaded, terminal);
  return flags.check ? checkFiles(loaded, out, flags, terminal) : writeFiles(loaded, out, flags, terminal);
}

function listText(definitions: readonly { readonly name: string; readonly description: string }[], json: boolean): string {
  if (json) return `${JSON.stringify(definitions.map(({ name, description }) => ({ name, description })), null, 2)}\n`;
  const width = Math.max(...definitions.map(({ name }) => name.length));
  return definitions.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`).join('');
}
