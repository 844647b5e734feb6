/** One test case as JUnit's XML knows it. */
export interface JUnitCase {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Seconds. */
  readonly seconds: number;
  /** What went wrong; absent when the test passed. */
  readonly failure?: { readonly message: string; readonly detail: string };
}

/** JUnit XML as GitHub, GitLab, Jenkins and Azure read it. */
export function renderJUnit(suite: string, cases: readonly JUnitCase[]): string {
  const failures = cases.filter((one) => one.failure !== undefined).length;
  const seconds = cases.reduce((sum, one) => sum + one.seconds, 0);
  const totals = attributes({ name: suite, tests: cases.length, failures, errors: 0, skipped: 0, time: seconds.toFixed(3) });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${totals}>`,
    `  <testsuite${totals}>`,
    ...cases.flatMap((one) => testcase(suite, one)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase(suite: string, { name, file, line, seconds, failure }: JUnitCase): readonly string[] {
  const open = `    <testcase${attributes({ classname: suite, name, file, line, time: seconds.toFixed(3) })}`;
  if (failure === undefined) return [`${open}/>`];
  return [
    `${open}>`,
    `      <failure${attributes({ type: 'mismatch', message: failure.message })}>${escape(failure.detail)}</failure>`,
    '    </testcase>',
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([key, value]) => ` ${key}="${escape(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`).join('');
}

/** XML 1.0 has no way to write most control characters, not even as references: they become U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
