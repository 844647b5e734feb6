import { createRequire } from 'node:module';
import * as pulumi from '@pulumi/pulumi';
import { ProblemError } from '../src/model/problem';
import { stackConfig } from './config';
import type * as gkeApps from './gke-apps';
import type * as gkeCluster from './gke-cluster';
import type * as kind from './kind';

const load = createRequire(__filename);

/** Each is loaded alone: @pulumi/gcp is large, and only the cluster's program needs it. */
const PROGRAMS: Readonly<Record<string, () => object | Promise<object>>> = {
  kind: () => (load('./kind') as typeof kind).kindProgram(),
  'gke-cluster': () => (load('./gke-cluster') as typeof gkeCluster).gkeClusterProgram(),
  'gke-apps': () => (load('./gke-apps') as typeof gkeApps).gkeAppsProgram(),
};

/** The program of this stack: the one that its config names, or the one that the stack is named after. */
async function run(): Promise<object> {
  const name = stackConfig()['program'] ?? pulumi.getStack();
  const program = PROGRAMS[name];
  try {
    if (!program) throw new ProblemError([unknownProgram(name)]);
    return await program();
  } catch (error) {
    // A message for people, without a stack trace.
    if (error instanceof ProblemError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

function unknownProgram(name: string) {
  return {
    code: 'STACK_PROGRAM', severity: 'error', path: `Pulumi.${pulumi.getStack()}.yaml program`, value: name,
    rule: `A stack is named after its program, or its config names it: ${Object.keys(PROGRAMS).join(', ')}.`, fix: 'pulumi config set program kind',
  } as const;
}

export = run;
