import fc from 'fast-check';
import { renderJUnit } from '../../../src/explain/output/junit';
import { awkwardTexts } from './traces';

test('passed and failed tests, with the sums and the place of each', () => {
  expect(renderJUnit('ladder test', [
    { name: 'cart', file: 'routes.yaml', line: 1, seconds: 0.25 },
    { name: 'old path', file: 'routes.yaml', line: 4, seconds: 0.001, failure: { message: 'status: expected 301, got 404', detail: 'the way\nto it' } },
  ])).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ladder test" tests="2" failures="1" errors="0" skipped="0" time="0.251">
  <testsuite name="ladder test" tests="2" failures="1" errors="0" skipped="0" time="0.251">
    <testcase classname="ladder test" name="cart" file="routes.yaml" line="1" time="0.250"/>
    <testcase classname="ladder test" name="old path" file="routes.yaml" line="4" time="0.001">
      <failure type="mismatch" message="status: expected 301, got 404">the way
to it</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});

function expectXml(text: string): void {
  const xml = renderJUnit(text, [{ name: text, file: text, line: 1, seconds: 0, failure: { message: text, detail: text } }]);
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|#9|#10|#13);)/);
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
  expect(Buffer.from(xml).toString()).toBe(xml);
  // Every tag is one that was meant, and closes.
  const tags = [...xml.matchAll(/<(\/?)([a-z]+)(?: [a-z]+="[^"<]*")*(\/?)>/g)].map(([, close, name, empty]) => `${close ?? ''}${name ?? ''}${empty ?? ''}`);
  expect(tags).toEqual(['testsuites', 'testsuite', 'testcase', 'failure', '/failure', '/testcase', '/testsuite', '/testsuites']);
  expect(xml.match(/</g)).toHaveLength(tags.length + 1);
}

test.each(awkwardTexts)('%j is escaped', expectXml);
test('any text is escaped', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), expectXml)));
