import fc from 'fast-check';

/** Mostly right, now and then wrong: most cases then have one mistake or none, and no mistake hides another. */
export function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

/** A label's or annotation's key. */
export const key = mostly(
  fc.constantFrom('team', 'example.com/owner', 'A_b.c-d', 'a'.repeat(63)),
  fc.constantFrom('', 'a b', '/x', 'Example.com/x', 'a/b/c', 'a'.repeat(64), '-x'),
);

export const annotations = fc.dictionary(key, fc.constantFrom('', 'x', 'a long text, with anything: 1'), { maxKeys: 2, noNullPrototype: true });
