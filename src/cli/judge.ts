import type { CheckReport } from '../explain';
import type { BuiltEnvironment } from '../render/environments';
import type { Rendered } from '../render/output';
import { worldOf } from './world-of';

/** `ladder check` over what was rendered, each environment a cluster of its own, with the files it was written to. */
export async function judge(environments: readonly BuiltEnvironment[], rendered: Rendered, out: string): Promise<CheckReport> {
  const { check } = await import('../explain/index.js');
  const reports = await Promise.all(environments.map(async (built) => check(await worldOf(built, rendered.get(built.name) ?? new Map(), `${out}/${built.name}`))));
  return { findings: reports.flatMap(({ findings }) => findings), requests: reports.flatMap(({ requests }) => requests) };
}
