import { relative, resolve } from 'node:path';
import { type Command } from 'commander';
import type { Call } from '../apps/calls';
import type { Environment } from '../constructs/environment';
import { kindCommands } from '../platforms/kind-config';
import type { BuiltEnvironment } from '../render/environments';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import { gatewayCrdsOf, isKind } from './kind-cluster';
import type { ExitCode, Terminal } from './terminal';

export function registerStart(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program.command('start')
    .summary('render every environment and print how to call each service')
    .description('Writes the manifests of every environment, like synth, and prints each service with its rung, its address and the command to type.')
    .option(...APP_FLAG)
    .option('-o, --out <folder>', 'where the folders of the environments go', 'deploy')
    .option('--json', 'the calls as JSON')
    .addHelpText('after', `
Examples:
  ladder start
  npm start -- --json

Exit code: 0 done; 1 a finding that is an error in what was rendered; 2 bad input, and nothing was written.`)
    .action(async (flags: { readonly app?: string; readonly out: string; readonly json?: boolean }) => {
      const definitions = await loadDefinitions([], flags.app, terminal);
      const [{ hasErrors, reportText, write }, { callsOf }] = await Promise.all([import('./render.js'), import('../apps/calls.js')]);
      const out = resolve(terminal.cwd, flags.out);
      const { environments, report } = await write(definitions, out, { findings: true, ...(flags.json && { json: true }) }, terminal);
      const calls = environments.flatMap(({ environment }) => callsOf(environment));
      if (flags.json) {
        terminal.out(`${JSON.stringify({ out, calls, ...(report && { findings: report.findings }) }, null, 2)}\n`);
      } else {
        terminal.out(callsText(calls, terminal));
        if (report) terminal.out(await reportText(report, terminal));
        terminal.out(await nextText(relative(terminal.cwd, out) || '.', environments, flags.app));
      }
      exit(hasErrors(report) ? 1 : 0);
    });
}

const COLUMNS = ['service', 'rung', 'address', 'curl'] as const;

/** A table for each environment: its columns fit the longest cell; the command is last, so that it can be copied whole. */
function callsText(calls: readonly Call[], { colors }: Terminal): string {
  const widths = COLUMNS.map((column) => Math.max(column.length, ...calls.map((call) => call[column].length)));
  const row = (cells: readonly string[]): string => cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ');
  const environments = [...new Set(calls.map(({ environment }) => environment))];
  return environments.map((environment) => {
    const rows = calls.filter((call) => call.environment === environment).map((call) => (
      `  ${row(COLUMNS.map((column) => call[column]))}${call.note === undefined ? '' : colors.dim(`  # ${call.note}`)}\n`
    ));
    return `${colors.bold(environment)}\n  ${colors.dim(row(['service', 'rung', 'address', 'type']))}\n${rows.join('')}\n`;
  }).join('');
}

/** What to type for the first environment, which on kind needs its cluster before. */
async function nextText(out: string, environments: readonly BuiltEnvironment[], app: string | undefined): Promise<string> {
  const [first] = environments;
  const ofApp = app === undefined ? '' : ` --app ${app}`;
  const commands = first === undefined ? [] : await commandsFor(first, `${out}/${first.name}`, ofApp);
  const moves = environments.length < 2 ? '' : `What moves: npx ladder diff FROM TO${ofApp}\n`;
  return `
The files are in ${out}/, one folder for each environment. Run one:
${commands.map((command) => `  ${command}\n`).join('')}${moves}`;
}

async function commandsFor(built: BuiltEnvironment, folder: string, ofApp: string): Promise<string[]> {
  const { name, environment } = built;
  const { platform } = environment;
  if (!isKind(platform)) return [`kubectl apply -k ${folder}`];
  const certificate = `npx ladder certificate ${name}${ofApp} --secret | kubectl --context kind-${platform.clusterName} apply --server-side -f -`;
  return [
    ...kindCommands(platform, `${folder}/kind-cluster.yaml`, [], folder, gatewayCrdsOf(built)),
    ...(await wantsCertificate(environment) ? [certificate] : []),
  ];
}

/** Whether a Secret is missing that `ladder certificate` can make. */
async function wantsCertificate(environment: Environment): Promise<boolean> {
  const [{ sitesOf }, { checkLocalHost }] = await Promise.all([import('../constructs/site/sites-of.js'), import('../certificate/local-host.js')]);
  const sites = sitesOf(environment).filter(({ issuer }) => issuer === undefined);
  return sites.some(({ secrets }) => secrets.length > 0) && sites.every(({ hosts }) => hosts.every((host) => checkLocalHost('host', host).length === 0));
}
