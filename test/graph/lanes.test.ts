import fc from 'fast-check';
import { lanesBetween } from '../../src/graph/lanes';
import { layOut } from '../../src/graph/layout';
import { renderSvg } from '../../src/graph/svg';
import { graphOf, webAndService, worldFrom } from './pictures-of';

const box = (x: number, y: number, height = 60) => ({ x, y, width: 196, height });

test('a line that meets no card needs no lanes', () => {
  expect(lanesBetween([box(300, 100)], { x: 200, y: 0 }, { x: 600, y: 0 })).toEqual([]);
  expect(lanesBetween([box(300, 0)], { x: 200, y: 30 }, { x: 400, y: 30 })).toEqual([]);
});

test.each([
  ['above a card, where that is nearer', [box(300, 0)], 20, -9],
  ['below it, where that is nearer', [box(300, 0)], 40, 69],
  ['between two', [box(300, 0), box(300, 78)], 50, 69],
  ['not between two that are too near each other', [box(300, 0), box(300, 64)], 50, -9],
])('it passes %s', (_where, cards, level, y) => {
  expect(lanesBetween(cards, { x: 200, y: level }, { x: 600, y: level })).toEqual([{ left: 300, right: 496, y }]);
});

test('no lane is on a card', () => {
  const boxes = fc.array(fc.record({ x: fc.integer({ min: 210, max: 900 }), y: fc.integer({ min: -300, max: 300 }), width: fc.constant(196), height: fc.integer({ min: 46, max: 200 }) }), { maxLength: 20 });
  fc.assert(fc.property(boxes, fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), (cards, from, to) => {
    for (const { left, right, y } of lanesBetween(cards, { x: 200, y: from }, { x: 1200, y: to })) {
      expect(cards.filter((card) => card.x < right && card.x + card.width > left && card.x + card.width < 1200 && y > card.y && y < card.y + card.height)).toEqual([]);
    }
  }));
});

test('a load balancer beside an Ingress leads around the Ingress, not under it', async () => {
  const graph = graphOf(worldFrom(webAndService('type: LoadBalancer, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]', `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`), { platform: 'gke' }));
  // A curve to the lane, the lane, and a curve from it.
  expect(renderSvg(graph, await layOut(graph))).toMatch(/class="edge way" d="M[\d. -]+C[\d. -]+H[\d.]+C[\d. -]+"/);
});

test('few lines into a folded namespace go to their cards, many end at its frame', async () => {
  const shop = (balancers: number): string => Array.from({ length: 40 }, (_, index) => webAndService(`type: ${index < balancers ? 'LoadBalancer' : 'ClusterIP'}, ports: [{ port: ${1000 + index}, targetPort: http }]`).replaceAll('web', `web${index}`)).join('---');
  const ends = async (balancers: number): Promise<boolean> => {
    const graph = graphOf(worldFrom(shop(balancers), { platform: 'gke' }));
    const quiet = { ...graph, edges: graph.edges.filter(({ from }) => from !== 'Client/pods') };
    const layout = await layOut(quiet);
    expect(layout.frames['shop']?.folded).toBe(true);
    return renderSvg(quiet, layout).match(/>:1000</g)?.length === 2;
  };
  expect(await ends(2)).toBe(true);
  expect(await ends(30)).toBe(false);
});
