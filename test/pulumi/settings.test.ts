import { type Problem, ProblemError } from '../../src/model/problem';
import { flag, oneOf, readSettings, secretTexts, text, textMap, texts, wholeNumber } from '../../src/pulumi/settings';

const SCHEMA = {
  rung: oneOf(['clusterip', 'ingress'], 'ingress'),
  replicas: wholeNumber(1, 20, 2),
  spot: flag(false),
  project: text('It is the id of a project.', /^[a-z-]+$/),
  host: text('It is a DNS name.', /\./, ''),
  images: textMap(['orders', 'whoami'], 'It is an image.', /:/),
  ignore: texts('It is a list of ids.', /^[A-Z]+$/),
  secrets: secretTexts('It holds Secrets.'),
};

function problemsWith(given: Readonly<Record<string, string>>): readonly Problem[] {
  try {
    readSettings('Pulumi.kind.yaml', SCHEMA, { project: 'p', ...given });
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}

test('what is not given has its default', () => {
  expect(readSettings('Pulumi.kind.yaml', SCHEMA, { project: 'p' })).toEqual({
    rung: 'ingress', replicas: 2, spot: false, project: 'p', host: '', images: {}, ignore: [], secrets: {},
  });
});

test('what is given is read from its text', () => {
  expect(readSettings('Pulumi.kind.yaml', SCHEMA, {
    rung: 'clusterip', replicas: '20', spot: 'true', project: 'my-project', host: 'a.b', images: '{"orders":"podinfo:1"}', ignore: '["A","B"]', secrets: '{"db":{"password":"x"}}',
  })).toEqual({
    rung: 'clusterip', replicas: 20, spot: true, project: 'my-project', host: 'a.b', images: { orders: 'podinfo:1' }, ignore: ['A', 'B'], secrets: { db: { password: 'x' } },
  });
});

test.each([
  ['a rung that there is not', { rung: 'nodeports' }],
  ['a number below the first', { replicas: '0' }],
  ['a number above the last', { replicas: '21' }],
  ['half a number', { replicas: '1.5' }],
  ['no number', { replicas: '' }],
  ['neither true nor false', { spot: 'yes' }],
  ['a text against its pattern', { host: 'localhost' }],
  ['no JSON', { images: 'podinfo:1' }],
  ['a list for a map', { images: '["podinfo:1"]' }],
  ['an unknown key of a map', { images: '{"order":"podinfo:1"}' }],
  ['a value of a map against its pattern', { images: '{"orders":"podinfo"}' }],
  ['a number in a list of texts', { ignore: '[1]' }],
  ['a text for a secret with keys', { secrets: '{"db":"x"}' }],
])('refuses %s', (_, given) => {
  expect(problemsWith(given)).toMatchObject([{ code: 'STACK_CONFIG', severity: 'error', path: `Pulumi.kind.yaml ${Object.keys(given)[0]}`, fix: expect.stringContaining('pulumi config set') }]);
});

test('says everything at once: what is wrong, missing and unknown, with the nearest name', () => {
  try {
    readSettings('Pulumi.kind.yaml', SCHEMA, { replicsa: '3', rung: 'x' });
    throw new Error('nothing was refused');
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problems.map(({ path }) => path)).toEqual(['Pulumi.kind.yaml replicsa', 'Pulumi.kind.yaml rung', 'Pulumi.kind.yaml project']);
    expect(error.problems[0]?.fix).toBe('Did you mean replicas?');
  }
});

test('never shows a secret, not even where it is wrong', () => {
  const [problem] = problemsWith({ secrets: '{"db":"hunter2"}' });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
  expect(problem?.fix).toContain('--secret');
});
