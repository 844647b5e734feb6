import type { Command } from 'commander';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import { type ExitCode, type Terminal, UsageError } from './terminal';

export function registerKindConfig(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program.command('kind-config')
    .summary('the configuration of the kind cluster that an environment needs')
    .description('Prints a configuration for kind create cluster, with a port mapping for every pinned nodePort. What to type next goes to standard error.')
    .argument('<environment>', 'an environment for kind')
    .option(...APP_FLAG)
    .option('--json', 'the configuration as JSON, which kind reads too')
    .addHelpText('after', `
Examples:
  ladder kind-config kind-nodeport > kind.yaml && kind create cluster --config kind.yaml
  ladder kind-config kind-ingress | kind create cluster --config -

Exit code: 0 printed; 2 bad input.`)
    .action(async (name: string, { app, json }: { readonly app?: string; readonly json?: boolean }) => {
      const { definitions, newApp } = await loadDefinitions([name], app, terminal);
      const [{ buildEnvironments }, { gatewayCrdsOf, isKind, kindClusterOf }, { kindCommands }, { toYaml }, { microservicesOf }] = await Promise.all([
        import('../render/environments.js'), import('./kind-cluster.js'), import('../platforms/kind-config.js'), import('../manifest/write.js'),
        import('../constructs/services-of.js'),
      ]);
      const built = buildEnvironments(definitions, newApp).environments[0];
      const environment = built?.environment;
      const cluster = environment && kindClusterOf(environment);
      if (!cluster || !isKind(environment.platform)) {
        throw new UsageError(`${name} is for ${environment?.platform.type ?? 'another platform'}; only an environment for kind has a kind cluster.`);
      }
      terminal.out(json ? `${JSON.stringify(cluster, null, 2)}\n` : toYaml(cluster));
      const images = [...new Set(microservicesOf(environment).map(({ image }) => image))].sort();
      const commands = kindCommands(environment.platform, 'kind.yaml', images, `deploy/${name}`, gatewayCrdsOf(built));
      terminal.err(commands.map((command) => `# ${command}\n`).join(''));
      exit(0);
    });
}
