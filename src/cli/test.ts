import type { Command } from 'commander';
import { catalogue } from '../explain';
import { renderJson } from '../explain/output/json';
import { readSuite } from '../explain/suite/read';
import { testReport } from '../explain/suite/results-json';
import { renderResultsJUnit } from '../explain/suite/results-junit';
import { renderResultsText } from '../explain/suite/results-text';
import { checkRequest, runSuite } from '../explain/suite/run';
import { type Problem, ProblemError } from '../model/problem';
import { type ManifestFlags, addManifestFlags, readText, readWorld } from './manifest-flags';
import type { ExitCode, Terminal } from './terminal';
import { writeText } from './write-text';
import type { RoutingTest } from '../explain/suite/routing-test';

interface TestFlags extends ManifestFlags {
  readonly junit?: string;
  readonly json?: boolean;
}

export function registerTest(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  addManifestFlags(program.command('test'))
    .summary('run unit tests of routing: requests, and where they must end')
    .description('Runs the requests of routing test files against manifests and compares what becomes of them with what is expected.')
    .argument('<files...>', 'routing test files (schemas/routing-test.schema.json)')
    .option('--junit <file>', 'also write the results as JUnit XML')
    .option('--json', 'the results as JSON, each with its trace')
    .addHelpText('after', `
A test file is a YAML list:
  - name: the cart has its own service
    request: https://shop.example.com/cart
    expect: {backend: shop/cart:8080}
  - request: http://shop.example.com/
    expect: {status: 301}
  - request: http://db.shop:5432
    from: pod:shop/frontend
    expect: {verdict: broken, symptom: timeout, backend: null}

Examples:
  ladder test routes.test.yaml -f deploy/
  kustomize build overlays/prod | ladder test routes.test.yaml -f - --junit routes.xml

Exit code: 0 all pass; 1 a test differs; 2 a test file or some of the manifests could not be read.`)
    .action(async (files: readonly string[], flags: TestFlags) => {
      const options = { namespace: flags.namespace };
      const tests = readSuites(files, terminal, options);
      const { world, complete } = await readWorld(flags, [], terminal);
      const results = runSuite(tests, world, options);
      if (flags.junit !== undefined) writeText(flags.junit, renderResultsJUnit(results), terminal);
      terminal.out(flags.json === true ? renderJson(testReport(results)) : renderResultsText(results, terminal.colors));
      const passed = results.every(({ mismatches }) => mismatches.length === 0);
      exit(!complete ? 2 : passed ? 0 : 1);
    });
}

/** @throws ProblemError with the problems of all files */
function readSuites(files: readonly string[], terminal: Terminal, options: { readonly namespace?: string }): readonly RoutingTest[] {
  const rules = { checkRequest: (test: Parameters<typeof checkRequest>[0]) => checkRequest(test, options), findingIds: catalogue.map(({ id }) => id) };
  const problems: Problem[] = [];
  const tests = files.flatMap((file) => {
    try {
      return readSuite(readText(file, terminal), file, rules);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return tests;
}
