import fc from 'fast-check';
import { renderMermaid } from '../../src/graph/mermaid';
import { hostileGraph, hostileTexts } from './hostile';
import { graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

/** All that a drawing may consist of. */
const safe = String.raw`"(?:[\p{L}\p{N} .,:/=+()'-]|#\d+;|<br/>)*"`;
const line = new RegExp([
  '^flowchart LR$', String.raw`^ +n\d+(\(\[${safe}\]\)|\{\{${safe}\}\}|\[\[${safe}\]\]|\[${safe}\])$`, String.raw`^  subgraph ns\d+\[${safe}\]$`, '^  end$',
  String.raw`^%% [\w .,:-]+$`, String.raw`^  n\d+ (-->|-\.->)(\|${safe}\|)? n\d+$`, String.raw`^  classDef \w+ [\w:#,-]+$`, String.raw`^  class [\w,]+ \w+$`, String.raw`^  linkStyle [\d,]+ [\w:#,-]+$`,
].join('|'), 'u');

function expectDrawing(text: string): void {
  for (const row of text.trimEnd().split('\n')) expect(row).toMatch(line);
}

test.each(hostileTexts)('%j stays inside its label', (text) => {
  const graph = hostileGraph(text);
  expectDrawing(renderMermaid(graph, graph.ways[0]));
});

test('any text stays inside its label', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectDrawing(renderMermaid(hostileGraph(text)))), { numRuns: 30 });
});

test('namespaces are subgraphs, ports are on the arrows', async () => {
  const text = renderMermaid(graphOf(await worldOfEnvironment('kind-ingress')));
  expectDrawing(text);
  expect(text).toContain('subgraph ns0["shop, default deny ingress and egress"]');
  expect(text).toContain('-->|"8080, 8443"|');
  expect(text).toContain('-->|"5678"|');
  expect(text).not.toContain('linkStyle');
  // Mermaid's own classes: colours given to them would be every card's.
  expect(text).not.toMatch(/classDef (node|cluster|label|edge|default) /);
});

test('a way is thick and numbered, and where it breaks is marked', () => {
  const graph = graphOf(worldFrom(webAndService('type: NodePort, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'kind', nodes: [{ name: 'n', portMappings: [{ containerPort: 80, hostPort: 30001 }] }] }));
  const way = graph.ways.find(({ from }) => from === 'laptop');
  const text = renderMermaid(graph, way);
  expectDrawing(text);
  const node = /(n\d+)\["Node #183; ports of the laptop \(1\)/.exec(text)?.[1];
  expect(text).toContain(`  class ${node} broken\n`);
  const thick = /linkStyle (\d+) /.exec(text)?.[1];
  expect(text.split('\n').filter((row) => /-->|-\.->/.test(row))[Number(thick)]).toContain(`-->|"30001"| ${node}`);
});

describe('what is more than Mermaid draws', () => {
  const services = (count: number) => graphOf(worldFrom(Array.from({ length: count }, (_, index) => webAndService('type: LoadBalancer, ports: [{ port: 80, targetPort: http }]').replaceAll('web', `web${index}`)).join('---'), { platform: 'gke' }));
  const arrows = (text: string): string[] => text.split('\n').filter((row) => /-->|-\.->/.test(row));

  test.each([[100, false], [170, true]])('%i load balancers: namespaces are closed: %s', (count, isClosed) => {
    const text = renderMermaid(services(count));
    expectDrawing(text);
    expect(text.startsWith('flowchart LR\n%% Mermaid draws 50000 characters and 500 edges at most, ')).toBe(isClosed);
    expect(text.length).toBeLessThan(50_000);
    expect(arrows(text).length).toBeLessThanOrEqual(500);
    expect(text.includes(`["Closed namespace<br/>${2 * count} cards`)).toBe(isClosed);
    expect(text.includes(`["Several<br/>${count} cards`)).toBe(isClosed);
  });

  test('has the cards of the way, and its arrows thick', () => {
    const graph = services(170);
    const way = graph.ways.find(({ start }) => start === 'Client/internet');
    const text = renderMermaid(graph, way);
    expectDrawing(text);
    const thick = (/linkStyle ([\d,]+) /.exec(text)?.[1] ?? '').split(',').map((index) => arrows(text)[Number(index)]);
    expect(thick).toHaveLength(way?.links.length ?? 0);
    expect(text).toContain(`${2 * 170 - 2} cards`);
    expect(text).toContain(`${170 - 1} cards`);
  });
});
