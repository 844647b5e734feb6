import fc from 'fast-check';
import { environments } from '../../src/apps/environments';
import { type Arrangement, arrange } from '../../src/graph/arrange';
import type { Graph, GraphEdge, GraphNode } from '../../src/graph/graph';
import { layOut } from '../../src/graph/layout';
import { withParts } from '../../src/graph/part';
import type { Box } from '../../src/graph/size';
import { graphOf, worldOfEnvironment } from './pictures-of';

const meet = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

/** Nothing lies on anything else, cards are in the frame of their namespace, and all of it is in the picture. */
function expectTidy({ nodes, namespaces }: Graph, { cards, frames, width, height }: Arrangement): void {
  const boxes = [...cards];
  const overlapping = boxes.flatMap(([a, one], index) => boxes.slice(index + 1).filter(([, other]) => meet(one, other)).map(([b]) => `${a} and ${b}`));
  expect(overlapping).toEqual([]);
  const spaces = namespaces.flatMap(({ name }) => frames.get(name) ?? []);
  expect(spaces.flatMap((one, index) => spaces.slice(index + 1).filter((other) => meet(one, other)))).toEqual([]);
  for (const { id, namespace } of nodes) {
    const card = cards.get(id);
    const frame = namespace === undefined ? undefined : frames.get(namespace);
    if (card === undefined) continue;
    expect(within(card, { x: 0, y: 0, width, height })).toBe(true);
    if (frame !== undefined) expect(within(card, frame)).toBe(true);
    else expect(spaces.some((space) => meet(space, card))).toBe(false);
  }
}

describe.each(environments.map(({ name }) => name))('%s', (name) => {
  test('is tidy, open and closed', async () => {
    const graph = graphOf(await worldOfEnvironment(name));
    const layout = await layOut(graph);
    const open = arrange(graph, layout, new Set());
    expectTidy(graph, open);
    expect(open.cards.size).toBe(graph.nodes.length);
    const closed = arrange(graph, layout, new Set(graph.namespaces.map((namespace) => namespace.name)));
    expectTidy(graph, closed);
    expect(closed.cards.size).toBe(graph.nodes.filter(({ namespace }) => namespace === undefined).length);
    expect(closed.height).toBeLessThan(open.height);
  });

  test('flows to the right, but for calls', async () => {
    const graph = graphOf(await worldOfEnvironment(name));
    const { cards } = arrange(graph, await layOut(graph), new Set());
    const back = graph.edges.filter(({ kind, from, to }) => kind === 'way' && (cards.get(to)?.x ?? 0) <= (cards.get(from)?.x ?? 0));
    expect(back).toEqual([]);
  });
});

/** Any graph of Services, pods and rules, with edges as they come. */
const graphs = fc.record({
  nodes: fc.array(fc.record({ column: fc.integer({ min: 0, max: 5 }), namespace: fc.constantFrom('a', 'b', undefined), rows: fc.integer({ min: 0, max: 4 }), client: fc.boolean() }), { minLength: 1, maxLength: 40 }),
  edges: fc.array(fc.tuple(fc.nat(39), fc.nat(39), fc.nat(3), fc.nat(3)), { maxLength: 60 }),
}).map(({ nodes, edges }): Graph => {
  const cards = nodes.map(({ column, namespace, rows, client }, index): GraphNode => ({
    id: `n${index}`, kind: namespace === undefined ? (client ? 'client' : 'external') : 'service', caption: '', title: `n${index}`, column, places: [], several: false, policies: [], findings: [],
    rows: Array.from({ length: rows }, () => ({ text: '80', note: '' })), ...(namespace === undefined ? {} : { namespace }),
  }));
  return {
    nodes: cards, findings: [], ways: [], namespaces: ['a', 'b'].filter((name) => cards.some(({ namespace }) => namespace === name)).map((name) => ({ name, denies: [], policies: [], findings: [] })),
    edges: edges.flatMap(([from, to, fromRow, toRow]): GraphEdge[] => {
      const [source, target] = [cards[from], cards[to]];
      if (source === undefined || target === undefined || source === target) return [];
      return [{ from: source.id, to: target.id, kind: 'way', ...(fromRow < source.rows.length ? { fromRow } : {}), ...(toRow < target.rows.length ? { toRow } : {}) }];
    }),
  };
});

test('any graph is tidy', async () => {
  await fc.assert(fc.asyncProperty(graphs, fc.subarray(['a', 'b']), async (graph, closed) => {
    expectTidy(graph, arrange(graph, await layOut(graph), new Set(closed)));
  }), { numRuns: 300 });
});

test('any part of a closed namespace is tidy, and shows the cards that are wanted', async () => {
  await fc.assert(fc.asyncProperty(graphs, fc.subarray(Array.from({ length: 40 }, (_, index) => `n${index}`)), async (graph, wanted) => {
    const { layout, closed, parts } = withParts(graph, await layOut(graph), new Set(['a', 'b']), new Set(wanted));
    const arrangement = arrange(graph, layout, closed);
    expectTidy(graph, arrangement);
    const shown = graph.nodes.filter(({ id, namespace }) => namespace === undefined || wanted.includes(id));
    expect([...arrangement.cards.keys()].sort()).toEqual(shown.map(({ id }) => id).sort());
    expect([...parts].sort()).toEqual([...new Set(shown.flatMap(({ namespace }) => namespace ?? []))].sort());
  }), { numRuns: 200 });
});

test('a namespace with many Services is folded to about the shape of a screen', async () => {
  const nodes = Array.from({ length: 400 }, (_, index): GraphNode => ({ id: `n${index}`, kind: 'service', caption: '', title: '', namespace: 'a', column: 4, rows: [], places: [], several: false, policies: [], findings: [] }));
  const { frames } = await layOut({ nodes, edges: [], namespaces: [{ name: 'a', denies: [], policies: [], findings: [] }], findings: [], ways: [] });
  const { width = 0, height = 1 } = frames['a'] ?? {};
  expect(width / height).toBeGreaterThan(1);
  expect(width / height).toBeLessThan(2.5);
});
