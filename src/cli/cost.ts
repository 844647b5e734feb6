import type { Command } from 'commander';
import type { World } from '../explain';
import type { NamedCost, PriceList } from '../cost';
import { renderJson } from '../explain/output/json';
import { messageOf } from '../model/problem';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import { type ManifestFlags, addManifestFlags, readText, readWorld } from './manifest-flags';
import { type ExitCode, type Terminal, UsageError } from './terminal';

interface CostFlags extends ManifestFlags {
  readonly app?: string;
  readonly region?: string;
  readonly prices?: string;
  readonly gib: string;
  readonly json?: boolean;
  readonly printPrices?: boolean;
}

export function registerCost(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  addManifestFlags(program.command('cost'))
    .summary('what the load balancers cost a month, and what one front for all would')
    .description('Prices the load balancers of environments (all, by default), or of any manifests with -f, by published list prices: one row a load balancer, the same services behind one front, and what is left out.')
    .argument('[environments...]', 'environments of the app, rendered in memory')
    .option(...APP_FLAG)
    .option('--region <name>', "a region of the price list (default: the list's own)")
    .option('--prices <file>', 'your own price list, JSON (schemas/prices.schema.json)')
    .option('--gib <number>', 'GiB a month that all load balancers of an environment pass on, requests and responses', '0')
    .option('--json', 'the costs as JSON (schemas/cost.schema.json)')
    .option('--print-prices', 'print the price list that comes with ladder, to start your own from')
    .addHelpText('after', `
Examples:
  ladder cost gke-loadbalancer gke-ingress
  ladder cost --region europe-west3 --gib 500
  helm template shop ./chart | ladder cost -f - --platform gke
  ladder cost --print-prices > prices.json && ladder cost --prices prices.json

Exit code: 0 everything has a price; 2 bad input, and also when some of it could not be read, though the rest is priced; 3 something
stands in front that the list has no price for.`)
    .action(async (names: readonly string[], flags: CostFlags) => {
      const [{ costDocument, costOf, publishedPriceList, publishedPrices, readPrices, renderCostText }, { printable }] = await Promise.all([import('../cost/index.js'), import('../explain/output/printable.js')]);
      if (flags.printPrices === true) return terminal.out(renderJson(publishedPrices));
      const prices = flags.prices === undefined ? publishedPriceList() : readPrices(parsed(readText(flags.prices, terminal), flags.prices), flags.prices);
      const options = { prices, region: regionIn(prices, flags.region), gib: gibOf(flags.gib) };
      const { worlds, complete } = await worldsOf(names, flags, terminal);
      const costs = worlds.map(({ name, world }): NamedCost => ({ name, cost: costOf(world, options) }));
      terminal.out(flags.json === true ? renderJson(printable(costDocument(costs, options))) : renderCostText(costs, options, terminal.colors));
      exit(!complete ? 2 : costs.some(({ cost }) => cost.unpriced.length > 0) ? 3 : 0);
    });
}

interface Worlds {
  readonly worlds: readonly { readonly name: string; readonly world: World }[];
  readonly complete: boolean;
}

async function worldsOf(names: readonly string[], flags: CostFlags, terminal: Terminal): Promise<Worlds> {
  if (flags.filename !== undefined) {
    if (names.length > 0) throw new UsageError(`Name environments (${names.join(', ')}) or give manifests with -f, not both. More files: -f again.`);
    if (flags.app !== undefined) throw new UsageError('--app renders environments; -f reads manifests. Give one of them.');
    const { world, complete } = await readWorld(flags, [], terminal);
    return { worlds: [{ name: flags.filename.map((path) => (path === '-' ? 'standard input' : path)).join(', '), world }], complete };
  }
  const paths = names.filter((name) => /[/\\]|\.(ya?ml|json)$|^-$/.test(name));
  if (paths.length > 0) throw new UsageError(`${paths.join(', ')}: manifests go with -f, as in ladder cost ${paths.map((path) => `-f ${path}`).join(' ')}; without it cost takes the names of environments.`);
  const given = (['platform', 'profile'] as const).filter((flag) => flags[flag] !== undefined);
  if (given.length > 0) throw new UsageError(`${given.map((flag) => `--${flag}`).join(' and ')} only go${given.length === 1 ? 'es' : ''} with -f: an environment has a platform of its own.`);
  const { definitions, newApp } = await loadDefinitions(names, flags.app, terminal);
  const [{ buildEnvironments }, { buildWorld }, { inMemory }] = await Promise.all([
    import('../render/environments.js'), import('../explain/index.js'), import('../manifest/in-memory.js'),
  ]);
  const worlds = buildEnvironments(definitions, newApp).environments.map(({ name, environment: { platform }, objects }) => ({
    name, world: buildWorld(inMemory(objects.map(({ object }) => object), () => name), { platform: platform.type }),
  }));
  return { worlds, complete: true };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: a price list is JSON: ${messageOf(error)}`);
  }
}

function regionIn({ regions, defaultRegion, provider }: PriceList, region: string | undefined): string {
  if (region === undefined || Object.hasOwn(regions, region)) return region ?? defaultRegion;
  throw new UsageError(`The prices of ${provider} have no region ${region}. They have ${Object.keys(regions).join(', ')}.`);
}

function gibOf(text: string): number {
  const gib = Number(text);
  if (text.trim() !== '' && gib >= 0 && gib <= 1e9) return gib;
  throw new UsageError(`--gib ${text}: it is a number of GiB a month, from 0 to 1000000000.`);
}
