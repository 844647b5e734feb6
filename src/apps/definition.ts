import type { App } from 'cdk8s';
import type { Environment } from '../constructs/environment';

/** One environment to render: `ladder synth` builds each in an app of its own, `cdk8s synth` all in one. */
export interface EnvironmentDefinition {
  /** Names the folder and the chart, e.g. `kind-nodeport`. */
  readonly name: string;
  /** One line for `ladder synth --list`. */
  readonly description: string;
  /** Builds it in the app that is given. */
  readonly build: (app: App) => Environment;
}
