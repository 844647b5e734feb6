import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { type Trace, type World, explain, parseRequest } from '../explain';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import { type ManifestFlags, type ReadWorld, addManifestFlags, readWorld } from './manifest-flags';
import { type ExitCode, type Terminal, UsageError } from './terminal';
import { writeText } from './write-text';

const formats = ['html', 'svg', 'mermaid'] as const;

interface GraphFlags extends ManifestFlags {
  readonly environment?: string;
  readonly app?: string;
  readonly request?: string;
  readonly from?: string;
  readonly format: (typeof formats)[number];
  readonly title?: string;
  readonly out?: string;
}

export function registerGraph(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  addManifestFlags(program.command('graph'))
    .summary('draw the ways that requests take, as a page, an SVG or a Mermaid flowchart')
    .description('Draws any manifests: clients, load balancers, controllers, hosts and paths, Services and pods, with the port on every edge and each finding where it is. The page holds every request that the manifests invite, with the text of explain beside its way.')
    .argument('[paths...]', 'files, folders or globs, the same as with -f')
    .option('--environment <name>', 'draw an environment of the app instead of manifests, rendered in memory')
    .option(APP_FLAG[0], `with --environment: ${APP_FLAG[1]}`)
    .option('--request <request>', 'a request to light, as explain takes it')
    .option('--from <where>', 'with --request: outside, laptop, node:NAME or pod:NAMESPACE/NAME')
    .addOption(new Option('--format <format>', 'a page that needs no network, a picture, or text for a README').choices(formats).default('html'))
    .option('--title <text>', 'what stands above it (default: the name of the environment, or of what is read)')
    .option('-o, --out <file>', 'the file to write (default: standard output)')
    .addHelpText('after', `
Examples:
  ladder graph deploy/ -o shop.html
  ladder graph -f deploy/ -f kind.yaml --request http://localhost:30001 --format svg > way.svg
  ladder graph --environment kind-ingress -o shop.html
  kubectl get all,ing,netpol,endpointslices,nodes -A -o yaml | ladder graph -f - -o cluster.html

Exit code: 0 it is drawn, whatever it shows; 2 bad input, and also when some of it could not be read, though the rest is drawn.`)
    .action(async (paths: readonly string[], flags: GraphFlags) => {
      if (flags.from !== undefined && flags.request === undefined) throw new UsageError('--from says where a request comes from: give the request with --request.');
      if (flags.app !== undefined && flags.environment === undefined) throw new UsageError('--app only matters with --environment NAME.');
      const request = flags.request === undefined ? undefined : parseRequest(flags.request, { from: flags.from, namespace: flags.namespace });
      const { world, complete } = flags.environment === undefined ? await readWorld(flags, paths, terminal) : await environmentWorld(flags.environment, paths, flags, terminal);
      const asked = request === undefined ? [] : [explain(world, request, { namespace: flags.namespace })];
      const text = await render(world, asked, flags, flags.title ?? titleOf(flags, paths), terminal);
      if (flags.out === undefined) terminal.out(text);
      else writeText(flags.out, text, terminal);
      exit(complete ? 0 : 2);
    });
}

async function environmentWorld(name: string, paths: readonly string[], flags: GraphFlags, terminal: Terminal): Promise<ReadWorld> {
  if (paths.length > 0 || flags.filename !== undefined || flags.platform !== undefined || flags.profile !== undefined) {
    throw new UsageError('An environment knows its manifests and its platform: give --environment, or files with --platform and --profile, not both.');
  }
  const { definitions, newApp } = await loadDefinitions([name], flags.app, terminal);
  const [{ buildEnvironments }, { kindClusterOf }, { layOut }, { worldOf }] = await Promise.all([
    import('../render/environments.js'), import('./kind-cluster.js'), import('../render/layout.js'), import('./world-of.js'),
  ]);
  const [built] = buildEnvironments(definitions, newApp).environments;
  if (built === undefined) throw new UsageError(`There is no environment ${name}.`);
  const kindCluster = kindClusterOf(built.environment);
  return { world: await worldOf(built, layOut(built.objects, { ...(kindCluster && { kindCluster }) }), name), complete: true };
}

async function render(world: World, asked: readonly Trace[], { format }: GraphFlags, title: string, terminal: Terminal): Promise<string> {
  const { graphOf } = await import('../graph/model/build.js');
  terminal.status?.('following requests');
  const graph = graphOf(world, asked);
  const way = asked.length === 0 ? undefined : graph.ways[0];
  terminal.status?.('drawing');
  try {
    if (format === 'mermaid') return (await import('../graph/mermaid.js')).renderMermaid(graph, way);
    const layout = await (await import('../graph/layout.js')).layOut(graph);
    if (format === 'svg') return (await import('../graph/svg.js')).renderSvg(graph, layout, { title, way });
    return (await import('../graph/page.js')).renderPage(graph, layout, { title, way, script: pageScript() });
  } finally {
    terminal.status?.('');
  }
}

/** The page's program as the build bundled it; source and bundle both lie two folders below package.json. */
function pageScript(): string {
  try {
    return readFileSync(join(__dirname, '../../dist/bin/page.js'), 'utf8');
  } catch {
    throw new UsageError('dist/bin/page.js is not there; in a checkout, npm run build writes it.');
  }
}

function titleOf({ environment, filename = [] }: GraphFlags, paths: readonly string[]): string {
  if (environment !== undefined) return environment;
  const given = [...filename, ...paths].filter((path) => path !== '-');
  return given.length === 0 ? 'Which way requests go' : given.map((path) => basename(path)).join(', ');
}
