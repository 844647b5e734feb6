import { complaint, formatProblem, locate, ProblemError, warning } from '../../src/model/problem';

const taken = complaint('PORT_TAKEN', 'ports[1].port', 80, 'A port is taken once.', 'Take another.');

test('a complaint gets its place', () => {
  expect(locate('shop/web', [taken])).toEqual([
    { code: 'PORT_TAKEN', severity: 'error', path: 'shop/web ports[1].port', value: 80, rule: 'A port is taken once.', fix: 'Take another.' },
  ]);
  expect(locate('shop/web', [{ ...taken, field: '' }])[0]?.path).toBe('shop/web');
  expect(locate('', [taken])[0]?.path).toBe('ports[1].port');
});

test('a warning is a complaint that stops nothing', () => {
  expect(warning('A', 'b', 1, 'C.', 'D.')).toEqual({ ...complaint('A', 'b', 1, 'C.', 'D.'), severity: 'warning' });
});

test.each([
  [80, '(80)'], ['web', '("web")'], [NaN, '(NaN)'], [Infinity, '(Infinity)'], [null, '(null)'], [undefined, 'PORT_TAKEN: A port'], [['a'], '(["a"])'], [{ a: 1 }, '({"a":1})'], ['x'.repeat(500), '...)'],
])('the value %j is shown as %s', (value, shown) => {
  const text = formatProblem({ ...taken, path: 'shop/web', value });
  expect(text).toContain(shown);
  expect(text.length).toBeLessThan(300);
});

test('a problem without a value shows none', () => {
  expect(formatProblem({ code: 'A', severity: 'error', path: 'p', rule: 'R.', fix: 'F.' })).toBe('p: A: R.\n    fix: F.');
});

test('all problems are in the message of the error', () => {
  const problems = locate('shop/web', [taken, { ...taken, code: 'OTHER' }]);
  const error = new ProblemError(problems);
  expect(error.message).toContain('2 problems');
  expect(error.message).toContain('PORT_TAKEN');
  expect(error.message).toContain('OTHER');
  expect(error.problems).toBe(problems);
  expect(new ProblemError(problems.slice(1)).message).toContain('1 problem\n');
});
