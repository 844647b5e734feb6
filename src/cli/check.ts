import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type CheckReport, type Severity, catalogue, check } from '../explain';
import { readBaseline, renderBaseline, withoutBaseline } from '../explain/output/baseline';
import { renderCheckText } from '../explain/output/check-text';
import { renderJson } from '../explain/output/json';
import { renderSarif } from '../explain/output/sarif';
import { count } from '../explain/output/words';
import { knownRule } from './explain';
import { type ManifestFlags, addManifestFlags, append, readText, readWorld } from './manifest-flags';
import { type ExitCode, type Terminal, UsageError } from './terminal';
import { packageVersion } from './version';
import { writeText } from './write-text';

interface CheckFlags extends ManifestFlags {
  readonly ignore?: readonly string[];
  readonly failOn: Severity;
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly sarif?: boolean;
}

const severities: readonly Severity[] = ['error', 'warning', 'note'];

export function registerCheck(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  addManifestFlags(program.command('check'))
    .summary('follow every request that manifests invite, and print what is wrong')
    .description('Derives every entry point of the manifests (Services, nodePorts, load balancers, Ingress and HTTPRoute rules, addresses in env and args), follows a request to each, and prints every finding once.')
    .argument('[paths...]', 'files, folders or globs, the same as with -f')
    .option('--ignore <ids>', 'findings to leave out, e.g. SVC005,POD001; may be given again', append)
    .addOption(new Option('--fail-on <severity>', 'the least severity that makes the exit code 1').choices(severities).default('error'))
    .option('--baseline <file>', 'leave out the findings that this file lists')
    .option('--write-baseline', 'write all findings of now to the --baseline file, so that only new ones count')
    .option('-v, --verbose', 'also the requests that work')
    .addOption(new Option('--json', 'the report as JSON (schemas/check.schema.json)').conflicts(['sarif', 'verbose']))
    .addOption(new Option('--sarif', 'the findings as SARIF 2.1.0, for code scanning').conflicts('verbose'))
    .addHelpText('after', `
Examples:
  ladder check deploy/
  ladder check -f deploy/ -f kind.yaml --fail-on warning --ignore POD001
  ladder check deploy/ --baseline .ladder-baseline.json --write-baseline
  ladder check deploy/ --baseline .ladder-baseline.json --sarif > ladder.sarif
  kustomize build overlays/prod | ladder check -f - --platform gke

Exit code: 0 no finding of that severity; 1 there is one; 2 bad input, and also when some of it could not be read, though the
findings in the rest are printed.`)
    .action(async (paths: readonly string[], flags: CheckFlags) => {
      const ignore = (flags.ignore ?? []).flatMap((ids) => ids.split(',')).map((id) => id.trim()).filter((id) => id !== '').map((id) => knownRule(id).id);
      const known = knownFindings(flags, terminal);
      const { world, complete } = await readWorld(flags, paths, terminal);
      const whole = check(world);
      const wanted = whole.findings.filter(({ id }) => !ignore.includes(id));

      if (flags.writeBaseline === true && flags.baseline !== undefined) {
        writeText(flags.baseline, renderBaseline(wanted), terminal);
        terminal.err(`${flags.baseline}: ${count(wanted.length, 'finding')} written\n`);
        return exit(complete ? 0 : 2);
      }
      const report: CheckReport = { ...whole, findings: withoutBaseline(wanted, known) };
      terminal.out(render(report, whole.findings.length - report.findings.length, flags, terminal));
      exit(complete ? failing(report, flags.failOn) : 2);
    });
}

function knownFindings({ baseline, writeBaseline }: CheckFlags, terminal: Terminal): ReadonlyMap<string, number> {
  if (baseline === undefined) {
    if (writeBaseline === true) throw new UsageError('--write-baseline needs the file to write: --baseline .ladder-baseline.json.');
    return new Map();
  }
  if (writeBaseline === true) return new Map();
  if (!existsSync(resolve(terminal.cwd, baseline))) throw new UsageError(`${baseline}: there is no such baseline yet; add --write-baseline once to write it.`);
  return readBaseline(readText(baseline, terminal), baseline);
}

function failing({ findings }: CheckReport, failOn: Severity): ExitCode {
  const counted = severities.slice(0, severities.indexOf(failOn) + 1);
  return findings.some(({ severity }) => counted.includes(severity)) ? 1 : 0;
}

function render(report: CheckReport, silenced: number, flags: CheckFlags, terminal: Terminal): string {
  if (flags.json === true) return renderJson(report);
  if (flags.sarif === true) return renderSarif(report.findings, catalogue, packageVersion());
  return renderCheckText(report, { colors: terminal.colors, verbose: flags.verbose, silenced });
}
