import type { Command } from 'commander';
import type { FieldChange, ObjectChange } from '../render/diff';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import { type ExitCode, type Terminal, UsageError } from './terminal';

export function registerDiff(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program.command('diff')
    .summary('what changes from one environment to another, object by object')
    .description('Renders both environments in memory and says which objects come, go or change, and in which fields. One environment a rung: this is the step between them.')
    .argument('<from>', 'the environment to come from')
    .argument('<to>', 'the environment to go to')
    .option(...APP_FLAG)
    .option('--json', 'the changes as JSON')
    .addHelpText('after', `
Examples:
  ladder diff kind-clusterip kind-nodeport
  ladder diff gke-loadbalancer gke-ingress-traefik --json

Exit code: 0 compared, whatever differs; 2 bad input.`)
    .action(async (from: string, to: string, { app, json }: { readonly app?: string; readonly json?: boolean }) => {
      const { definitions, newApp } = await loadDefinitions([from, to], app, terminal);
      const [{ buildEnvironments }, { diffObjects }] = await Promise.all([import('../render/environments.js'), import('../render/diff.js')]);
      const { environments } = buildEnvironments(definitions, newApp);
      const objectsOf = (wanted: string) => {
        const built = environments.find(({ name }) => name === wanted);
        if (!built) throw new UsageError(`There is no environment ${wanted}.`);
        return built.objects.map(({ object }) => object);
      };
      const changes = diffObjects(objectsOf(from), objectsOf(to));
      terminal.out(json ? `${JSON.stringify({ from, to, changes }, null, 2)}\n` : diffText(from, to, changes, terminal));
      exit(0);
    });
}

function diffText(from: string, to: string, changes: readonly ObjectChange[], { colors }: Terminal): string {
  if (changes.length === 0) return `${from} and ${to} have the same objects.\n`;
  const mark = { added: colors.green('+'), removed: colors.red('-'), changed: colors.yellow('~') };
  return changes.map(({ type, kind, namespace, name, fields }) => {
    const head = `${mark[type]} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
    return [head, ...fields.map((field) => `    ${fieldText(field)}`)].map((line) => `${line}\n`).join('');
  }).join('');
}

function fieldText({ path, from, to }: FieldChange): string {
  const text = (value: unknown): string => JSON.stringify(value);
  if (from === undefined) return `${path}: + ${text(to)}`;
  return to === undefined ? `${path}: - ${text(from)}` : `${path}: ${text(from)} → ${text(to)}`;
}
