import type { Command } from 'commander';
import { Option } from 'commander';
import { type FindingRule, type Trace, type Verdict, catalogue, explain, findingRule, parseRequest } from '../explain';
import { renderJson } from '../explain/output/json';
import { renderMermaid } from '../explain/output/mermaid';
import { renderRuleList, renderRuleText } from '../explain/output/rule-text';
import { renderSarif } from '../explain/output/sarif';
import { renderTraceText } from '../explain/output/trace-text';
import { nearest } from '../model/names';
import { type ManifestFlags, addManifestFlags, append, readWorld } from './manifest-flags';
import { type ExitCode, type Terminal, UsageError } from './terminal';
import { packageVersion } from './version';

interface ExplainFlags extends ManifestFlags {
  readonly from?: string;
  readonly via?: string;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly mermaid?: boolean;
  readonly id?: string;
  readonly listIds?: boolean;
}

const exitCodes: Readonly<Record<Verdict, ExitCode>> = { ok: 0, broken: 1, partial: 1, depends: 3, unknown: 3 };

export function registerExplain(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  addManifestFlags(program.command('explain'))
    .summary('follow a request through manifests: which way it goes, where and why it breaks')
    .description('Follows a request through any manifests, hop by hop, and says where it breaks, what the client sees, why, and how to mend it.')
    .argument('[request]', 'a URL, host:port, or "port-forward service/NAME LOCAL:REMOTE"')
    .argument('[paths...]', 'more files, as a shell makes of -f *.yaml')
    .option('--from <where>', 'outside, laptop, node:NAME or pod:NAMESPACE/NAME (a Pod or a workload; * for any)')
    .option('--via <front>', 'gateway/NAMESPACE/NAME or service/NAMESPACE/NAME, when the host does not say which front gets the request')
    .option('-X, --method <method>', 'HTTP method', 'GET')
    .option('-H, --header <line>', "'Name: value'; Host overrides the URL's host; may be given again", append)
    .option('-v, --verbose', 'also what else was considered and why it lost, and what is assumed')
    .addOption(new Option('--json', 'the trace as JSON (schemas/trace.schema.json)').conflicts(['sarif', 'mermaid', 'verbose']))
    .addOption(new Option('--sarif', 'the findings as SARIF 2.1.0').conflicts(['mermaid', 'verbose']))
    .addOption(new Option('--mermaid', 'the way as a Mermaid flowchart').conflicts('verbose'))
    .option('--id <id>', 'print what a finding means, e.g. SVC001')
    .option('--list-ids', 'print every finding there is')
    .addHelpText('after', `
Examples:
  ladder explain http://localhost:30001 -f deploy/ -f kind.yaml
  ladder explain http://blue-service.shop:80 --from pod:shop/orders -f deploy/
  ladder explain https://shop.example.com/cart -H 'X-Version: beta' -f deploy/ --verbose
  ladder explain port-forward service/blue-service 8080:80 -f deploy/
  helm template shop ./chart | ladder explain http://shop.example.com/ -f -
  kubectl get all,ing,netpol,endpointslices,nodes -A -o yaml | ladder explain http://blue.shop -f -

Exit code: 0 it works; 1 it is broken, always or sometimes; 2 bad input, and also when some of it could not be read, though the
answer for the rest is printed; 3 it depends, or the way leads out of the input.`)
    .action(async (request: string | undefined, paths: readonly string[], flags: ExplainFlags) => {
      if (flags.listIds === true) return terminal.out(renderRuleList(catalogue, terminal.colors));
      if (flags.id !== undefined) return terminal.out(renderRuleText(knownRule(flags.id), terminal.colors));
      const { text, more } = requestAndPaths(request, paths);
      const asked = parseRequest(text, { from: flags.from, via: flags.via, method: flags.method, headers: flags.header ?? [], namespace: flags.namespace });
      const { world, complete } = await readWorld(flags, more, terminal);
      const trace = explain(world, asked, { namespace: flags.namespace });
      terminal.out(render(trace, flags, terminal));
      exit(complete ? exitCodes[trace.verdict] : 2);
    });
}

/** The finding of this id. @throws UsageError with the nearest id there is */
export function knownRule(id: string): FindingRule {
  const rule = findingRule(id);
  if (rule !== undefined) return rule;
  const meant = nearest(id.toUpperCase(), catalogue.map((one) => one.id));
  throw new UsageError(`${id} is no finding. ${meant === undefined ? 'ladder explain --list-ids prints them all.' : `Did you mean ${meant}?`}`);
}

/** `port-forward` may stand unquoted, as it does after kubectl; a shell may have put files behind the request, but not before it. */
function requestAndPaths(request: string | undefined, paths: readonly string[]): { readonly text: string; readonly more: readonly string[] } {
  if (request === undefined) throw new UsageError('No request is given. Write e.g. ladder explain http://localhost:30001 -f deploy/, or ladder explain --id SVC001.');
  if (request === 'port-forward' || request === 'kubectl') return { text: [request, ...paths].join(' '), more: [] };
  const late = paths.find((path) => path.includes('://'));
  if (late !== undefined) throw new UsageError(`The request comes first: ladder explain ${late} -f ${request} …`);
  return { text: request, more: paths };
}

function render(trace: Trace, flags: ExplainFlags, terminal: Terminal): string {
  if (flags.json === true) return renderJson(trace);
  if (flags.sarif === true) return renderSarif(trace.findings, catalogue, packageVersion());
  if (flags.mermaid === true) return renderMermaid(trace);
  return renderTraceText(trace, { colors: terminal.colors, verbose: flags.verbose });
}
