import { homedir } from 'node:os';
import { type Command, Option } from 'commander';
import type { Authority } from '../certificate/authority';
import type { Leaf } from '../certificate/leaf';
import type { Wanted } from '../certificate/wanted';
import { messageOf } from '../model/problem';
import { APP_FLAG } from './app-file';
import { loadDefinitions } from './definitions';
import { type ExitCode, type Terminal, UsageError } from './terminal';

interface CertificateFlags {
  readonly app?: string;
  readonly secret?: boolean;
  readonly trust?: boolean;
}

/** Certificates that are wanted, and what is said of them. */
interface Order {
  readonly wanted: readonly Wanted[];
  readonly context?: string;
  readonly notes: readonly string[];
}

export function registerCertificate(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program.command('certificate')
    .summary('a development certificate for the hosts of an environment, which browsers can trust')
    .description("Makes a certificate for the hosts of an environment's sites, or for hosts that are given: names below .localhost and .test, and loopback addresses. A certificate authority of your own signs it; browsers are told to trust that once. All of it is kept in your data folder, outside of any repository.")
    .argument('[environment or hosts...]', 'an environment, or hosts such as shop.localhost')
    .option(...APP_FLAG)
    .option('--secret', 'print the Secrets, private keys included, into a pipe to kubectl; refused where a screen or a file would get them')
    .addOption(new Option('--trust', 'print every way to trust the authority on this system, and to remove the trust').conflicts(['secret', 'app']))
    .addHelpText('after', `
Examples:
  ladder certificate kind-ingress
  ladder certificate kind-ingress --secret | kubectl apply --server-side -f -
  ladder certificate laptop --app dist/main.js
  ladder certificate shop.localhost '*.shop.localhost'

Exit code: 0 it is there, new or kept; 2 bad input, or a folder where no key may lie.`)
    .action(async (words: readonly string[], flags: CertificateFlags) => {
      if (flags.secret && !terminal.outIsPipe) {
        throw new UsageError('--secret prints private keys, and only into a pipe: npx ladder certificate … --secret | kubectl apply --server-side -f -');
      }
      if (flags.trust) {
        if (words.length > 0) throw new UsageError(`--trust is for the authority, whatever the certificate; leave out ${words.join(' ')}.`);
        terminal.out(await trustText((await made([])).authority));
        return exit(0);
      }
      if (words.length === 0) throw new UsageError('Give an environment, or hosts such as shop.localhost.');
      const { looksLikeHost } = await import('../certificate/local-host.js');
      const order = words.every(looksLikeHost) ? await forHosts(words, flags) : await forEnvironment(words, flags, terminal);
      const { authority, leaves } = await made(order.wanted);
      for (const note of order.notes) terminal.err(`${note}\n`);
      if (flags.secret) terminal.out(await secretsText(order.wanted, leaves));
      else terminal.out(leavesText(leaves) + await nextText(order, words, flags, authority));
      exit(0);
    });
}

async function forHosts(hosts: readonly string[], { app, secret }: CertificateFlags): Promise<Order> {
  if (secret) throw new UsageError('--secret is for an environment, whose sites say what the Secret is called. For hosts alone use kubectl create secret tls with the files.');
  if (app !== undefined) throw new UsageError('--app is for an environment; hosts need none.');
  const { wantedFor } = await import('../certificate/wanted.js');
  return { wanted: [wantedFor(hosts)], notes: [] };
}

async function forEnvironment(names: readonly string[], { app }: CertificateFlags, terminal: Terminal): Promise<Order> {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new UsageError(`Give one environment, or hosts such as shop.localhost; got ${names.join(' ')}.`);
  const { definitions, newApp } = await loadDefinitions([name], app, terminal);
  const [{ buildEnvironments }, { sitesOf }, { wantedBy }] = await Promise.all([
    import('../render/environments.js'), import('../constructs/site/sites-of.js'), import('../certificate/wanted.js'),
  ]);
  const environment = buildEnvironments(definitions, newApp).environments[0]?.environment;
  const all = environment ? sitesOf(environment) : [];
  if (!environment || all.length === 0) throw new UsageError(`${name} has no site, so there is no host that a certificate would be for.`);
  const sites = all.filter(({ issuer }) => issuer === undefined);
  if (sites.length === 0) throw new UsageError(`${name} has its certificates from cert-manager, which would write over any other.`);
  const { type, clusterName } = environment.platform;
  return {
    wanted: wantedBy(name, sites),
    ...(type === 'kind' && { context: `kind-${clusterName}` }),
    notes: sites.filter(({ secrets }) => secrets.length === 0)
      .map(({ siteName }) => `Site ${siteName} names no Secret, so nobody serves its certificate yet: give it tlsSecretName: '${siteName}-tls'.`),
  };
}

async function made(wanted: readonly Wanted[]): Promise<{ readonly authority: Authority; readonly leaves: readonly Leaf[] }> {
  const [{ dataFolder }, { authorityIn }, { leafFor }, { isDiskError }] = await Promise.all([
    import('../certificate/data-folder.js'), import('../certificate/authority.js'), import('../certificate/leaf.js'), import('../render/disk-error.js'),
  ]);
  const folder = dataFolder({ platform: process.platform, env: process.env, home: homedir() });
  const now = new Date();
  try {
    const authority = authorityIn(folder, now);
    return { authority, leaves: wanted.map(({ name, hosts }) => leafFor(folder, name, hosts, authority, now)) };
  } catch (error) {
    if (isDiskError(error)) throw new UsageError(`${folder}: ${messageOf(error)}`);
    throw error;
  }
}

async function secretsText(wanted: readonly Wanted[], leaves: readonly Leaf[]): Promise<string> {
  const [{ tlsSecret }, { toYaml }] = await Promise.all([import('../certificate/secret.js'), import('../manifest/write.js')]);
  return wanted.flatMap(({ secret }, index) => {
    const leaf = leaves[index];
    return secret && leaf ? [toYaml(tlsSecret(secret, leaf))] : [];
  }).join('---\n');
}

function leavesText(leaves: readonly Leaf[]): string {
  return leaves.map(({ hosts, validTo, isNew, certificateFile, keyFile }) => `${hosts.join(', ')}
  ${isNew ? 'new' : 'kept'}, good until ${validTo.toISOString().slice(0, 10)}
  certificate  ${certificateFile}
  private key  ${keyFile}

`).join('');
}

async function nextText({ wanted, context }: Order, words: readonly string[], { app }: CertificateFlags, authority: Authority): Promise<string> {
  const { trustStores } = await import('../certificate/trust.js');
  const kubectl = `kubectl${context === undefined ? '' : ` --context ${context}`}`;
  const toCluster = wanted.some(({ secret }) => secret !== undefined)
    ? `Into the cluster, now and after each renewal:
  npx ladder certificate ${words.join(' ')}${app === undefined ? '' : ` --app ${app}`} --secret | ${kubectl} apply --server-side -f -

` : '';
  const [store] = trustStores(process.platform, authority);
  return `${toCluster}${authority.isNew ? 'The authority that signed is new; your browser trusts it after' : 'Your browser trusts it after, once for all certificates,'}
  ${store?.trust}
Other browsers and programs, and how to remove the trust: npx ladder certificate --trust
`;
}

async function trustText(authority: Authority): Promise<string> {
  const { trustStores } = await import('../certificate/trust.js');
  const stores = trustStores(process.platform, authority);
  return `${authority.name}, good until ${new Date(authority.certificate.validTo).toISOString().slice(0, 10)}
  certificate  ${authority.certificateFile}
${stores.map(({ readers, trust, remove }) => `
${readers}
  trust   ${trust}
  remove  ${remove}
`).join('')}`;
}
