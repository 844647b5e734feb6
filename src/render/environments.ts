import type { App } from 'cdk8s';
import type { EnvironmentDefinition } from '../apps/definition';
import type { Environment } from '../constructs/environment';
import { messageOf, type Problem, ProblemError } from '../model/problem';
import { collect, type LayeredObject, warningsOf } from './collect';

/** An environment and what it comes to. */
export interface BuiltEnvironment {
  readonly name: string;
  readonly environment: Environment;
  readonly objects: readonly LayeredObject[];
}

/**
 * Builds each environment in an app of its own. Raises the errors of all of them together.
 *
 * @throws ProblemError
 */
export function buildEnvironments(
  definitions: readonly EnvironmentDefinition[],
  newApp: () => App,
  progress: (name: string) => void = () => {},
): { readonly environments: readonly BuiltEnvironment[]; readonly warnings: readonly Problem[] } {
  const problems: Problem[] = [];
  const environments: BuiltEnvironment[] = [];
  for (const { name, build } of definitions) {
    progress(name);
    const app = newApp();
    try {
      const environment = build(app);
      const collected = collect(app, name);
      problems.push(...collected.problems);
      environments.push({ name, environment, objects: collected.objects });
    } catch (error) {
      problems.push(...whyNotBuilt(name, error));
    }
  }
  return { environments, warnings: warningsOf(problems) };
}

/** Constructs of other libraries, and an app's own code, throw at what they do not like. */
function whyNotBuilt(name: string, error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  const [, place] = (error instanceof Error && /\n\s+at (.*)/.exec(error.stack ?? '')) || [];
  return [{
    code: 'BUILD_FAILED', severity: 'error', path: name, rule: `The environment could not be built: ${messageOf(error).replace(/\.$/, '')}.`,
    fix: place === undefined ? 'Look at what its build function does.' : `It was thrown at ${place}.`,
  }];
}
