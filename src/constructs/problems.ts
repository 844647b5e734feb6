import type { IConstruct } from 'constructs';
import { type Complaint, formatProblem, locate, type Problem } from '../model/problem';

const PROBLEMS = Symbol.for('service-ladder.problems');
type WithProblems = IConstruct & { [PROBLEMS]?: (() => Problem[])[] };

/**
 * Adds a rule to a construct: it is asked once the tree is complete, so it may look at neighbours. Errors also fail cdk8s' own
 * `synth`, through the construct's validation.
 */
export function validate(construct: IConstruct, rule: () => readonly Complaint[]): void {
  const holder: WithProblems = construct;
  const located = () => locate(construct.node.path, rule());
  if (holder[PROBLEMS]) {
    holder[PROBLEMS].push(located);
    return;
  }
  const rules = [located];
  holder[PROBLEMS] = rules;
  construct.node.addValidation({
    validate: () => rules.flatMap((ask) => ask()).filter((problem) => problem.severity === 'error').map(formatProblem),
  });
}

/** Everything that this tree's constructs have to say, warnings too; what other libraries' validations say comes as `CONSTRUCT`. */
export function problemsOf(root: IConstruct): Problem[] {
  return root.node.findAll().flatMap((construct: WithProblems) => {
    const rules = construct[PROBLEMS];
    const own = rules ? rules.flatMap((ask) => ask()) : [];
    const said = new Set(own.map(formatProblem));
    const foreign = construct.node.validate().filter((message) => !said.has(message));
    return [...own, ...foreign.map((message): Problem => ({
      code: 'CONSTRUCT', severity: 'error', path: construct.node.path, rule: message, fix: 'See the documentation of this construct.',
    }))];
  });
}
