import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { CheckReport } from '../explain';
import { toYamlStream } from '../manifest/write';
import { formatProblem, type Problem } from '../model/problem';
import { type BuiltEnvironment, buildEnvironments } from '../render/environments';
import { gitOpsFiles, type GitSource } from '../render/gitops';
import { type Files, layersOf, layOut } from '../render/layout';
import { compareOutput, type Rendered, strayFolders, writeOutput } from '../render/output';
import type { Change, TreePlan } from '../render/tree';
import type { Definitions } from './definitions';
import { judge } from './judge';
import { kindClusterOf } from './kind-cluster';
import type { SynthFlags } from './synth-flags';
import { type ExitCode, type Terminal, UsageError } from './terminal';

type FileFlags = Pick<SynthFlags, 'force' | 'json' | 'findings' | 'gitops' | 'repo' | 'revision' | 'path'>;

/** What a run has written, for whoever reports it. */
export interface Written {
  readonly environments: readonly BuiltEnvironment[];
  readonly plans: readonly TreePlan[];
  readonly warnings: readonly Problem[];
  readonly report: CheckReport | undefined;
}

export function printManifests(definitions: Definitions, terminal: Terminal): ExitCode {
  const { environments, warnings } = build(definitions, terminal);
  printWarnings(warnings, terminal);
  for (const { objects } of environments) terminal.out(toYamlStream(objects.map(({ object }) => object)));
  return 0;
}

export async function checkFiles(definitions: Definitions, out: string, flags: FileFlags, terminal: Terminal): Promise<ExitCode> {
  const { environments, warnings } = build(definitions, terminal);
  const plans = compareOutput(out, filesOf(environments, out, flags));
  const changed = plans.filter(({ changes }) => changes.length > 0);
  if (flags.json) {
    terminal.out(summaryJson(plans, environments, warnings, undefined));
  } else {
    const { patchOf } = await import('./patch.js');
    printWarnings(warnings, terminal);
    for (const plan of changed) terminal.out(patchOf(plan, terminal));
    if (changed.length > 0) terminal.err(`${changed.map(({ environment }) => environment).join(', ')}: not what the code says. Run ladder synth and commit.\n`);
  }
  return changed.length > 0 ? 1 : 0;
}

export async function writeFiles(definitions: Definitions, out: string, flags: FileFlags, terminal: Terminal): Promise<ExitCode> {
  const { environments, plans, warnings, report } = await write(definitions, out, flags, terminal);
  if (flags.json) {
    terminal.out(summaryJson(plans, environments, warnings, report));
  } else {
    terminal.out(summaryText(plans, terminal));
    if (report) terminal.out(await reportText(report, terminal));
  }
  return hasErrors(report) ? 1 : 0;
}

/** Builds, writes, and judges what was written. */
export async function write(definitions: Definitions, out: string, flags: FileFlags, terminal: Terminal): Promise<Written> {
  const { environments, warnings } = build(definitions, terminal);
  const rendered = filesOf(environments, out, flags);
  const plans = during('writing', terminal, () => writeOutput(out, rendered, flags.force));
  if (!flags.json) printWarnings(warnings, terminal);
  const strays = strayFolders(out, rendered.keys()).map((name) => relative(terminal.cwd, join(out, name)));
  if (strays.length > 0 && definitions.all) terminal.err(`No environment belongs to ${strays.join(', ')} any more; delete what nothing runs from.\n`);
  terminal.status?.(flags.findings ? 'following requests' : '');
  const report = flags.findings ? await judge(environments, rendered, relative(terminal.cwd, out) || '.').finally(() => terminal.status?.('')) : undefined;
  return { environments, plans, warnings, report };
}

export async function reportText(report: CheckReport, terminal: Terminal): Promise<string> {
  const { renderCheckText } = await import('../explain/output/check-text.js');
  return `\n${renderCheckText(report, { colors: terminal.colors })}`;
}

export function hasErrors(report: CheckReport | undefined): boolean {
  return report !== undefined && report.findings.some(({ severity }) => severity === 'error');
}

function build({ definitions, newApp }: Definitions, terminal: Terminal): ReturnType<typeof buildEnvironments> {
  return during('rendering', terminal, () => buildEnvironments(definitions, newApp, (name) => terminal.status?.(`rendering ${name}`)));
}

function during<T>(what: string, terminal: Terminal, work: () => T): T {
  terminal.status?.(what);
  try {
    return work();
  } finally {
    terminal.status?.('');
  }
}

function filesOf(environments: readonly BuiltEnvironment[], out: string, flags: FileFlags): Rendered {
  return new Map(environments.map((built): [string, Files] => {
    const { name, environment, objects } = built;
    const kindCluster = kindClusterOf(environment);
    const gitOps = flags.gitops && gitOpsFiles(flags.gitops, name, layersOf(objects), sourceOf(name, out, flags));
    return [name, layOut(objects, { ...(kindCluster && { kindCluster }), ...(gitOps && { gitOps }), syncWaves: flags.gitops === 'argocd' })];
  }));
}

function sourceOf(environment: string, out: string, { repo, revision, path }: FileFlags): GitSource {
  const folder = path ?? folderInRepository(out);
  return { ...(repo !== undefined && { url: repo }), revision: revision ?? 'main', path: [folder, environment].filter((part) => part !== '' && part !== '.').join('/') };
}

function folderInRepository(out: string): string {
  for (let folder = out; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return relative(folder, out).replaceAll('\\', '/');
  }
  throw new UsageError(`${out} is in no Git repository; say with --path where it will be in one.`);
}

function printWarnings(warnings: readonly Problem[], terminal: Terminal): void {
  for (const warning of warnings) terminal.err(`${terminal.colors.yellow('warning')} ${formatProblem(warning)}\n`);
}

/** The paths of a plan's changes, by what becomes of them. */
function changedPaths({ changes }: TreePlan): Readonly<Record<'added' | 'changed' | 'removed', readonly string[]>> {
  const paths = (which: (change: Change) => boolean): string[] => changes.filter(which).map(({ path }) => path);
  return {
    added: paths(({ before }) => before === undefined),
    changed: paths(({ before, after }) => before !== undefined && after !== undefined),
    removed: paths(({ after }) => after === undefined),
  };
}

function summaryText(plans: readonly TreePlan[], { cwd, colors }: Terminal): string {
  const width = Math.max(0, ...plans.map(({ folder }) => relative(cwd, folder).length));
  return plans.map((plan) => {
    const { added, changed, removed } = changedPaths(plan);
    const numbers = { added: added.length, changed: changed.length, removed: removed.length, unchanged: plan.files.size - added.length - changed.length };
    const parts = Object.entries(numbers).filter(([, number]) => number > 0).map(([what, number]) => `${number} ${what}`);
    return `${colors.bold(relative(cwd, plan.folder).padEnd(width))}  ${plan.files.size} files: ${parts.join(', ')}\n`;
  }).join('');
}

function summaryJson(plans: readonly TreePlan[], environments: readonly BuiltEnvironment[], warnings: readonly Problem[], report: CheckReport | undefined): string {
  const objects = new Map(environments.map((built) => [built.name, built.objects.length]));
  return `${JSON.stringify({
    environments: plans.map((plan) => ({
      name: plan.environment, folder: plan.folder, objects: objects.get(plan.environment), files: plan.files.size, ...changedPaths(plan),
    })),
    warnings,
    ...(report && { findings: report.findings }),
  }, null, 2)}\n`;
}
