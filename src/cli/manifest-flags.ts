import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Platform, type Profile, type World, buildWorld, parseProfile, platforms } from '../explain';
import { printable } from '../explain/output/printable';
import { readSources } from '../manifest/files';
import { type Manifest, readManifests } from '../manifest/read';
import { messageOf } from '../model/problem';
import { type Terminal, UsageError } from './terminal';

/** The flags that say which manifests are judged, and for which cluster: the same for explain, check and test. */
export interface ManifestFlags {
  readonly filename?: readonly string[];
  readonly namespace?: string;
  readonly platform?: Platform;
  readonly profile?: string;
}

/** A world built from the flags. */
export interface ReadWorld {
  readonly world: World;
  /** false when some of the input could not be read: then what is said of the rest may not hold, and the exit code is 2. */
  readonly complete: boolean;
}

export function addManifestFlags(command: Command): Command {
  return command
    .option('-f, --filename <path>', 'file, folder, glob, or - for standard input; may be given again', append)
    .option('-n, --namespace <name>', 'namespace of objects and names that have none', 'default')
    .addOption(new Option('--platform <name>', 'where the cluster runs').choices(platforms))
    .option('--profile <file>', 'what manifests cannot say: nodes, port mappings, controllers … (or a kind config)');
}

/** Collects a flag that may be given several times. */
export function append(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** Reads what the flags name. What is broken is printed to standard error with its place, and the rest is used. */
export async function readWorld(flags: ManifestFlags, morePaths: readonly string[], terminal: Terminal): Promise<ReadWorld> {
  const paths = [...(flags.filename ?? []), ...morePaths];
  if (paths.length === 0) {
    throw new UsageError('No manifests are given. Name a file or folder with -f, or read another command with -f -, e.g. kubectl get all -A -o yaml | ladder … -f -.');
  }
  if (paths.includes('')) throw new UsageError('A path of manifests is empty: a variable of the shell may have no value. Name a file or folder, or . for this one.');
  const profile = readProfile(flags, terminal);
  const files = readSources(paths, { cwd: terminal.cwd, ...(paths.includes('-') && { stdin: await readAll(terminal.stdin) }) });
  const manifests = readManifests(files.sources, { namespace: flags.namespace });
  for (const { file, message } of printable(files.problems)) terminal.err(`${file}: ${message}\n`);
  for (const { file, line, message } of printable(manifests.problems)) terminal.err(`${file}:${line}: ${message}\n`);
  if (manifests.objects.length === 0) throw new UsageError(`There is no Kubernetes object in ${paths.map((path) => (path === '-' ? 'standard input' : path)).join(', ')}.`);
  terminal.err(printable(repeatsText(manifests.objects)));
  return { world: buildWorld(manifests, profile), complete: files.problems.length + manifests.problems.length === 0 };
}

/** Several environments read as one cluster answer for none of them: what stands in several files says so. */
function repeatsText(objects: readonly Manifest[]): string {
  const files = new Map<string, string>();
  const repeats = objects.flatMap(({ file, object: { apiVersion, kind, metadata } }) => {
    const key = JSON.stringify([apiVersion, kind, metadata.namespace, metadata.name]);
    const before = files.get(key) ?? file;
    files.set(key, file);
    return metadata.name === '' || before === file ? [] : [`${kind} ${metadata.name} in ${before} and ${file}`];
  });
  if (repeats.length === 0) return '';
  const [first, ...others] = repeats;
  return `${first}${others.length === 0 ? '' : ` (and ${others.length} more)`}: of an object that is given again the last counts. If these are several environments, give one at a time.\n`;
}

function readProfile({ profile: file, platform }: ManifestFlags, terminal: Terminal): Profile {
  const profile = file === undefined ? {} : parseProfile(readText(file, terminal), file);
  return platform === undefined ? profile : { ...profile, platform };
}

/** @throws UsageError when there is no such file */
export function readText(file: string, terminal: Terminal): string {
  try {
    return readFileSync(resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: cannot be read: ${messageOf(error)}`);
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
