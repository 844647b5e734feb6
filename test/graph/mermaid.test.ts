import fc from 'fast-check';
import { renderMermaid } from '../../src/graph/mermaid';
import { hostileGraph, hostileTexts } from './hostile';
import { graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

/** All that a drawing may consist of. */
const safe = String.raw`"(?:[\p{L}\p{N} .,:/=+()'-]|#\d+;|<br/>)*"`;
const line = new RegExp([
  '^flowchart LR$', String.raw`^ +n\d+(\(\[${safe}\]\)|\{\{${safe}\}\}|\[\[${safe}\]\]|\[${safe}\])$`, String.raw`^  subgraph ns\d+\[${safe}\]$`, '^  end$',
  String.raw`^  n\d+ (-->|-\.->)(\|${safe}\|)? n\d+$`, String.raw`^  classDef \w+ [\w:#,-]+$`, String.raw`^  class [\w,]+ \w+$`, String.raw`^  linkStyle [\d,]+ [\w:#,-]+$`,
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
