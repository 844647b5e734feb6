import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'cdk8s';
import { type Call, callsOf } from '../../../src/apps/calls';
import type { EnvironmentDefinition } from '../../../src/apps/definition';
import { environments as definitions } from '../../../src/apps/environments';
import { shopEnvironment } from '../../../src/apps/rungs';
import { microservicesOf } from '../../../src/constructs/services-of';
import type { KubeObject } from '../../../src/manifest/object';
import type { PortChain } from '../../../src/model/ports';
import { kind } from '../../../src/platforms/kind';
import { buildEnvironments, type BuiltEnvironment } from '../../../src/render/environments';
import { layOut } from '../../../src/render/layout';
import type { Api } from './api';
import { workFolder } from './build';
import { namespacesGone, rolledOut } from './wait';

/** On the way from the one to the other both are live. */
const both: EnvironmentDefinition = {
  name: 'kind-ingress-and-gateway', description: 'kind: Traefik, by Ingress and by Gateway', build: (app) => shopEnvironment(app, 'kind-ingress-and-gateway', { platform: kind(), rung: 'ingress-and-gateway' }),
};

/** The example as `ladder synth` renders it. */
export const environments: readonly BuiltEnvironment[] = buildEnvironments([...definitions, both], () => new App()).environments;

export function environmentNamed(name: string): BuiltEnvironment {
  const found = environments.find((environment) => environment.name === name);
  if (!found) throw new Error(`There is no environment ${name}.`);
  return found;
}

/** The rows of the table of `npm start` for an environment. */
export function callsIn(name: string): readonly Call[] {
  return callsOf(environmentNamed(name).environment);
}

export interface ShopServiceFacts {
  readonly service: string;
  readonly namespace: string;
  readonly ports: readonly PortChain[];
}

export function servicesIn(name: string): readonly ShopServiceFacts[] {
  return microservicesOf(environmentNamed(name).environment).map(({ serviceName, namespace, ports }) => ({ service: serviceName, namespace: namespace ?? 'default', ports }));
}

/** Every image of the environments for which the stand-in stands in, with the ports it is called on. */
export function imagesToStandIn(): readonly { readonly image: string; readonly ports: readonly number[]; readonly command: readonly string[] }[] {
  const found = new Map<string, { image: string; ports: readonly number[]; command: readonly string[] }>();
  for (const { object } of environments.flatMap(({ objects }) => objects)) {
    if (object.kind !== 'Deployment') continue;
    const { template } = object.spec as { readonly template: { readonly spec: { readonly containers: readonly ContainerFields[] } } };
    for (const { image, ports, command } of template.spec.containers) {
      found.set(image, { image, ports: (ports ?? []).map(({ containerPort }) => containerPort), command: command ?? [] });
    }
  }
  return [...found.values()];
}

interface ContainerFields {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports?: readonly { readonly containerPort: number }[];
}

/** Writes an environment's files, applies them as the README says, takes away what it no longer has, and waits. */
export async function moveTo(api: Api, name: string): Promise<void> {
  const { objects } = environmentNamed(name);
  const folder = join(workFolder, 'deploy', name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of layOut(objects)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync('kubectl', ['apply', '-k', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const wanted = new Set(objects.map(({ object }) => identity(object)));
  const gone = environments.flatMap((other) => other.objects).map(({ object }) => object).filter((object) => PRUNED.has(object.kind) && !wanted.has(identity(object)));
  for (const object of gone) await api.remove(object);
  await namespacesGone(api, gone.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  for (const namespace of new Set(servicesIn(name).map((service) => service.namespace))) await rolledOut(api, namespace);
}

/** Kinds of the example that an environment may no longer have; what GitOps tools prune. */
const PRUNED = new Set(['Ingress', 'IngressClass', 'Gateway', 'GatewayClass', 'HTTPRoute', 'Namespace', 'ClusterRole', 'ClusterRoleBinding']);

function identity({ apiVersion, kind, metadata }: KubeObject): string {
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
}
