import type { IConstruct } from 'constructs';
import { type Complaint, formatProblem, locate, type Problem } from '../model/problem';

const PROBLEMS = Symbol.for('service-ladder.problems');
const COLLECTING = Symbol.for('service-ladder.collecting');
type WithProblems = IConstruct & { [PROBLEMS]?: (() => Problem[])[]; [COLLECTING]?: boolean };

/**
 * Adds a rule to a construct: it is asked once the tree is complete, so it may look at neighbours. Errors also fail cdk8s' own
 * `synth`, through the construct's validation.
 */
export function validate(construct: IConstruct, rule: () => readonly Complaint[]): void {
  const holder: WithProblems = construct;
  const located = () => distinct(locate(construct.node.path, rule()));
  if (holder[PROBLEMS]) {
    holder[PROBLEMS].push(located);
    return;
  }
  const rules = [located];
  holder[PROBLEMS] = rules;
  failSynth(construct, () => rules.flatMap((ask) => ask()));
}

/** Two parts of a construct may meet the same problem: it is said once. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

/** Makes the errors among these fail cdk8s' own `synth`. {@link problemsOf}, which asks the rules itself, does not ask a second time. */
export function failSynth(construct: IConstruct, problems: () => readonly Problem[]): void {
  construct.node.addValidation({
    validate: () => {
      const { [COLLECTING]: collecting }: WithProblems = construct.node.root;
      return collecting ? [] : problems().filter((problem) => problem.severity === 'error').map(formatProblem);
    },
  });
}

/** Everything that this tree's constructs have to say, warnings too; what other libraries' validations say comes as `CONSTRUCT`. */
export function problemsOf(root: IConstruct): Problem[] {
  const top: WithProblems = root.node.root;
  top[COLLECTING] = true;
  try {
    return root.node.findAll().flatMap((construct: WithProblems) => [
      ...(construct[PROBLEMS] ?? []).flatMap((ask) => ask()),
      ...construct.node.validate().map((message): Problem => ({
        code: 'CONSTRUCT', severity: 'error', path: construct.node.path, rule: message, fix: 'See the documentation of this construct.',
      })),
    ]);
  } finally {
    top[COLLECTING] = false;
  }
}
