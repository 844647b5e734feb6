import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { App } from 'cdk8s';
import type { EnvironmentDefinition } from '../apps/definition';
import { nearest } from '../model/names';
import { messageOf } from '../model/problem';
import { appFileOf } from './app-file';
import { type Terminal, UsageError } from './terminal';

/** Environments to render, and the app to build one in. */
export interface Definitions {
  readonly definitions: readonly EnvironmentDefinition[];
  readonly newApp: () => App;
  /** Are these all that the app has? */
  readonly all: boolean;
}

/** The environments of the app file, else of the project in this folder, else of the example that comes with ladder; all, or those that are named. */
export async function loadDefinitions(names: readonly string[], given: string | undefined, terminal: Terminal): Promise<Definitions> {
  const appFile = given ?? appFileOf(terminal);
  const loaded = appFile === undefined ? await loadExample() : await loadApp(resolve(terminal.cwd, appFile), appFile);
  const known = loaded.definitions.map(({ name }) => name);
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`Two environments are called ${twice}; each needs its own name.`);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UsageError([...unknown.map((name) => unknownEnvironment(name, known)), ...(appFile === undefined ? [EXAMPLE] : [])].join('\n'));
  return names.length === 0 ? loaded : { ...loaded, all: false, definitions: loaded.definitions.filter(({ name }) => names.includes(name)) };
}

const EXAMPLE = 'These are the environments of the example; --app FILE names those of your own, e.g. --app dist/main.js, and so does "ladder": { "app": "dist/main.js" } in package.json.';

async function loadExample(): Promise<Definitions> {
  const [{ App: Cdk8sApp }, { environments }] = await Promise.all([import('cdk8s'), import('../apps/environments.js')]);
  return { definitions: environments, newApp: () => new Cdk8sApp(), all: true };
}

async function loadApp(file: string, shown: string): Promise<Definitions> {
  const { environments } = tryLoad(shown, () => createRequire(file)(file) as { environments?: unknown });
  if (!Array.isArray(environments) || !environments.every(isDefinition)) {
    throw new UsageError(`${shown} does not export environments: readonly EnvironmentDefinition[], each { name, description, build }.`);
  }
  const [{ App: Cdk8sApp }, { anyLazy }] = await Promise.all([import('cdk8s'), import('../constructs/any-lazy.js')]);
  return { definitions: environments, newApp: () => new Cdk8sApp({ resolvers: [anyLazy] }), all: true };
}

function tryLoad<T>(shown: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const [firstLine] = messageOf(error).split('\n');
    throw new UsageError(`${shown} cannot be loaded: ${firstLine}\n--app takes compiled JavaScript; compile TypeScript first, or run ladder with a loader: NODE_OPTIONS="--import tsx".`);
  }
}

function isDefinition(value: unknown): value is EnvironmentDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const { name, build } = value as Partial<EnvironmentDefinition>;
  return typeof name === 'string' && typeof build === 'function';
}

function unknownEnvironment(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `There is no environment ${name}. ${meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${meant}?`}`;
}
