import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What it takes to talk to an API server. */
export interface Access {
  readonly server: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly name: string; readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } }[];
}

/** Reads the current context of a kubeconfig as kind writes them: with a client certificate. */
export function readAccess(file: string): Access {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const { context } = named(config.contexts, config['current-context']);
  const { cluster } = named(config.clusters, context.cluster);
  const { user } = named(config.users, context.user);
  return {
    server: cluster.server,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    cert: Buffer.from(user['client-certificate-data'], 'base64'),
    key: Buffer.from(user['client-key-data'], 'base64'),
  };
}

function named<T extends { readonly name: string }>(entries: readonly T[], name: string): T {
  const found = entries.find((entry) => entry.name === name);
  if (!found) throw new Error(`The kubeconfig has no ${name}.`);
  return found;
}
