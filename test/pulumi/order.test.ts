import fc from 'fast-check';
import { inOrder, type Order } from '../../src/pulumi/order';

type Direct = Record<string, readonly string[]>;

function order(direct: Direct, orders: readonly Order[] = []) {
  return inOrder(new Map(Object.entries(direct)), orders);
}

function edges(direct: Direct, orders: readonly Order[] = []): Record<string, string[]> {
  const ordered = order(direct, orders);
  if ('cycle' in ordered) throw new Error(`cycle: ${ordered.cycle.join()}`);
  return Object.fromEntries([...ordered.waits].map(([name, waits]) => [name, [...waits].sort()]));
}

test('what is named waits, and names that are not there are dropped', () => {
  expect(edges({ a: ['b', 'missing'], b: [] })).toEqual({ a: ['b'], b: [] });
});

test('an object that names itself does not wait for itself', () => {
  expect(edges({ a: ['a'] })).toEqual({ a: [] });
});

test('many that wait for many wait for the last of them, which waits for the others', () => {
  const given = { a: [], b: [], c: [], x: [], y: [], z: [] };
  expect(edges(given, [{ before: ['a', 'b', 'c'], after: ['x', 'y', 'z'], why: 'test' }])).toEqual({ a: [], b: [], c: ['a', 'b'], x: ['c'], y: ['c'], z: ['c'] });
});

test('an order whose first part is not deployed here is none', () => {
  expect(edges({ x: [] }, [{ before: ['gone'], after: ['x'], why: 'test' }])).toEqual({ x: [] });
});

test.each([
  ['two', { a: ['b'], b: ['a'] }, [], ['a', 'b']],
  ['three', { a: ['b'], b: ['c'], c: ['a'], d: ['a'] }, [], ['a', 'b', 'c']],
  ['one, by an order', { a: [], b: [] }, [{ before: ['a'], after: ['a'], why: 'App on App' }], ['a']],
  ['two, through an order', { a: ['b'], b: [] }, [{ before: ['a'], after: ['b'], why: 'App/B on App/A' }], ['a', 'b']],
] as const)('%s that wait for each other are named', (_, direct, orders, names) => {
  const ordered = order(direct, orders);
  if (!('cycle' in ordered)) throw new Error('no cycle was found');
  expect([...ordered.cycle].sort()).toEqual(names);
  expect(ordered.why).toEqual(orders.map(({ why }) => why));
});

/** A graph without cycles: a name only waits for smaller numbers; an order only puts smaller before larger ones. */
const acyclic = fc.integer({ min: 2, max: 30 }).chain((size) => {
  const names = Array.from({ length: size }, (_, index) => `n${index}`);
  const below = fc.array(fc.nat(size - 1), { maxLength: 4 });
  return fc.record({
    direct: fc.tuple(...names.map((_, index) => below.map((others) => others.filter((other) => other < index).map((other) => `n${other}`))))
      .map((waits) => new Map(names.map((name, index) => [name, waits[index] ?? []]))),
    orders: fc.array(fc.tuple(fc.nat(size), fc.array(fc.nat(size - 1)), fc.array(fc.nat(size - 1))).map(([cut, first, second]): Order => ({
      before: first.filter((n) => n < cut).map((n) => `n${n}`), after: second.filter((n) => n >= cut).map((n) => `n${n}`), why: 'cut',
    })), { maxLength: 5 }),
  });
});

test('every wish is kept, directly or through others, and everything comes after what it waits for', () => {
  fc.assert(fc.property(acyclic, ({ direct, orders }) => {
    const ordered = inOrder(direct, orders);
    if ('cycle' in ordered) throw new Error('a cycle was found where none is');
    const reached = new Map<string, Set<string>>();
    for (const [name, waits] of ordered.waits) {
      const all = new Set<string>();
      for (const other of waits) {
        const before = reached.get(other);
        if (!before) throw new Error(`${name} comes before ${other}`);
        all.add(other);
        for (const each of before) all.add(each);
      }
      reached.set(name, all);
    }
    for (const [name, others] of direct) for (const other of others) expect(reached.get(name)).toContain(other);
    for (const { before, after } of orders) for (const late of after) for (const early of before) expect(reached.get(late)).toContain(early);
  }));
});

test('there are no more edges than were given', () => {
  fc.assert(fc.property(acyclic, ({ direct, orders }) => {
    const ordered = inOrder(direct, orders);
    const count = 'waits' in ordered ? [...ordered.waits.values()].flat().length : 0;
    const given = [...direct.values()].flat().length + orders.reduce((sum, { before, after }) => sum + before.length + after.length, 0);
    expect(count).toBeLessThanOrEqual(given);
  }));
});

test('a chain of 50,000 is no deep recursion', () => {
  const direct = new Map(Array.from({ length: 50_000 }, (_, index) => [`n${index}`, index + 1 < 50_000 ? [`n${index + 1}`] : []]));
  const ordered = inOrder(direct);
  expect('waits' in ordered && [...ordered.waits.keys()][0]).toBe('n49999');
});
