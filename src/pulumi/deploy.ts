import * as pulumi from '@pulumi/pulumi';
import { App } from 'cdk8s';
import type { EnvironmentDefinition } from '../apps/definition';
import { anyLazy } from '../constructs/any-lazy';
import type { Profile } from '../explain';
import { formatProblem, ProblemError } from '../model/problem';
import { buildEnvironments } from '../render/environments';
import { declaredOrders, type ObjectIdentity } from '../render/orders';
import { clusterProfile } from './cluster-profile';
import { LadderApp } from './ladder-app';
import { nameOf } from './logical-name';
import { findingsIn, problemOf } from './preflight';
import { secretObject, type SecretArgs } from './secret-object';
import { type ServiceCall, serviceCalls } from './service-calls';

/** What a deployment needs besides its environment. */
export interface DeployOptions {
  /** The cluster: `kindProvider` or `gkeProvider`. */
  readonly provider: pulumi.ProviderResource;

  /**
   * Secrets whose values are in the stack's config.
   *
   * @default none
   */
  readonly secrets?: readonly SecretArgs[];

  /**
   * Ids of findings that do not stop it.
   *
   * @default none
   */
  readonly ignore?: readonly string[];
}

/** A stack's outputs. */
export interface Deployment {
  /** The component that has all the objects. */
  readonly app: LadderApp;
  /** How to call each service. */
  readonly services: pulumi.Output<readonly ServiceCall[]>;
  /** For `ladder explain --profile`. */
  readonly profile: Profile;
}

/**
 * Builds an environment, checks its objects as `ladder check` does, and deploys them.
 *
 * @throws ProblemError before the first resource, with all that is wrong
 */
export function deploy(definition: EnvironmentDefinition, { provider, secrets = [], ignore = [] }: DeployOptions): Deployment {
  const { environments, warnings } = buildEnvironments([definition], () => new App({ resolvers: [anyLazy] }));
  const [built] = environments;
  if (!built) throw new Error(`${definition.name} has no environment`);
  const { environment } = built;
  const profile = clusterProfile(environment);
  const objects = [...built.objects, ...secrets.map(secretObject)];
  const found = findingsIn(objects.map(({ object }) => object), profile, ignore).filter(({ severity }) => severity !== 'note').map(problemOf);
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ProblemError(errors);

  const orders = declaredOrders(environment.node.root).map(({ before, after, why }) => ({ before: before.map(logical), after: after.map(logical), why }));
  const app = new LadderApp(definition.name, { objects, platform: environment.platform, orders }, { provider });
  for (const warning of [...warnings, ...found]) void pulumi.log.warn(formatProblem(warning), app);
  return { app, services: serviceCalls(app, environment), profile };
}

function logical({ group, kind, namespace, name }: ObjectIdentity): string {
  return nameOf(group, kind, namespace, name);
}
