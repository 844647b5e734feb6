import fc from 'fast-check';
import { renderMermaid } from '../../../src/explain/output/mermaid';
import { awkward, awkwardTexts, broken, partial } from './traces';

/** All that a drawing may consist of: nodes and edges whose labels are quoted and hold no character of Mermaid's own. */
const safe = String.raw`"(?:[\p{L}\p{N} .,:/=+()'-]|#\d+;|<br/>)*"`;
const line = new RegExp([
  '^flowchart LR$',
  String.raw`^  request\(\[${safe}\]\)$`,
  String.raw`^  hop\d+\[${safe}\]$`,
  String.raw`^  (request|hop\d+) -->(\|${safe}\|)? hop\d+$`,
  String.raw`^  symptom\{\{${safe}\}\}$`,
  String.raw`^  (request|hop\d+) -\.-> symptom$`,
  String.raw`^  classDef \w+ [\w:#,]+$`,
  String.raw`^  class [\w,]+ \w+$`,
].join('|'), 'u');

function expectDrawing(text: string): void {
  for (const row of text.trimEnd().split('\n')) expect(row).toMatch(line);
}

test('a way is drawn from the request to the symptom, which hangs on the hop that breaks', () => {
  const text = renderMermaid(broken);
  expectDrawing(text);
  expect(text).toContain('hop0 --> hop1');
  expect(text).toContain('hop1 -.-> symptom');
  expect(text).toContain('the client sees connection refused');
});

test('load balancing draws an arrow to each target', () => {
  const text = renderMermaid(partial);
  expect(text).toContain('hop0 -->|"green:8080"| hop1');
  expect(text).toContain('hop0 -->|"old:8080"| hop3');
  expect(text).toContain('class hop3 broken');
});

test.each(awkwardTexts)('%j stays inside its label', (text) => expectDrawing(renderMermaid(awkward(text))));

test('any text stays inside its label', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectDrawing(renderMermaid(awkward(text)))));
});

test('no label begins like a Markdown list, which Mermaid refuses to draw', () => {
  expect(renderMermaid(awkward('1. first'))).not.toMatch(/"\d+\. |"- /);
});
