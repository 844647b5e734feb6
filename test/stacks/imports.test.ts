import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Every package that is loaded with a file, directly or through others. Types are not loaded. */
function packagesOf(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const open = [resolve(ROOT, entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, clause, target] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)';/gm)) {
      if (clause !== undefined || target === undefined) continue;
      if (!target.startsWith('.')) packages.add(target);
      else open.push([`${target}.ts`, `${target}/index.ts`].map((path) => resolve(dirname(file ?? ''), path)).find((path) => existsSync(path)) ?? '');
    }
  }
  return packages;
}

test.each(['stacks/index.ts', 'stacks/kind.ts', 'stacks/gke-apps.ts', 'stacks/policy/index.ts'])('%s does not load @pulumi/gcp, which takes seconds', (entry) => {
  const packages = packagesOf(entry);
  expect(packages).not.toContain('@pulumi/gcp');
  expect(packages.size).toBeGreaterThan(1);
});

test('the program of the cluster does', () => {
  expect(packagesOf('stacks/gke-cluster.ts')).toContain('@pulumi/gcp');
});

test.each(['src/index.ts', 'src/main.ts', 'src/cli/ladder.ts'])('%s loads nothing of Pulumi', (entry) => {
  expect([...packagesOf(entry)].filter((name) => name.startsWith('@pulumi/'))).toEqual([]);
});

test('the plan is pure: it loads nothing of Pulumi either', () => {
  expect([...packagesOf('src/pulumi/plan.ts')].filter((name) => name.startsWith('@pulumi/'))).toEqual([]);
});
