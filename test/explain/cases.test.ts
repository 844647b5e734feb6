import { type World, catalogue, check, explain, parseRequest } from '../../src/explain';
import { type ExpectedRequest, tables, worldOf } from './table';

describe.each(tables)('$file', ({ cases }) => {
  describe.each(cases)('$title', (entry) => {
    const world = worldOf(entry);
    const rows = entry.requests ?? [];
    if (rows.length > 0) {
      it.each(rows.map((row) => [`${row.request}${row.from === undefined ? '' : ` from ${row.from}`}: ${row.verdict}${row.note === undefined ? '' : ` (${row.note})`}`, row] as const))('%s', (_title, row) => {
        const trace = explain(world, parseRequest(row.request, row));
        expect({ ...actual(trace, row) }).toEqual(expected(row));
        if (row.finding !== undefined) expect(trace.findings.map(({ id }) => id)).toContain(row.finding);
        for (const id of row.silent ?? []) expect(trace.findings.map((finding) => finding.id)).not.toContain(id);
      });
    }
    if (entry.check !== undefined) {
      it('check finds what it must and no more', () => {
        const { findings, requests: followed } = check(world);
        const ids = findings.map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining([...(entry.check?.finds ?? [])]));
        for (const id of entry.check?.silent ?? []) expect(ids).not.toContain(id);
        // What is listed can be asked, with the same answer.
        for (const { request, from, verdict } of followed) expect([request, from, askedAgain(world, request, from)]).toEqual([request, from, verdict]);
        if (entry.check?.broken !== undefined) expect(followed.filter(({ verdict }) => verdict === 'broken').map(({ request }) => request)).toEqual(entry.check.broken);
      });
    }
  });
});

/** The verdict on a request as a report prints it, read as a shell reads it. */
function askedAgain(world: World, line: string, from: string): string {
  const [text = '', ...words] = [...line.matchAll(/(?:'[^']*'|\\'|[^\s'])+/g)].map(([word]) => word.replaceAll("'\\''", '\0').replaceAll("'", '').replaceAll('\0', "'"));
  const given = (flag: string): string[] => words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []));
  const [method] = given('-X');
  const [via] = given('--via');
  return explain(world, parseRequest(text, { from, headers: given('-H'), ...(method === undefined ? {} : { method }), ...(via === undefined ? {} : { via }) })).verdict;
}

/** Only what the row asserts. */
function actual(trace: ReturnType<typeof explain>, row: ExpectedRequest): object {
  const backends = trace.backends.map(({ namespace, name, port }) => `${namespace}/${name}:${port}`).sort();
  return {
    verdict: trace.verdict,
    ...(row.symptom === undefined ? {} : { symptom: trace.symptom }),
    ...(row.status === undefined ? {} : { status: trace.status }),
    ...(row.backend === undefined ? {} : { backend: backends }),
  };
}

function expected({ verdict, symptom, status, backend }: ExpectedRequest): object {
  return {
    verdict,
    ...(symptom === undefined ? {} : { symptom }),
    ...(status === undefined ? {} : { status }),
    ...(backend === undefined ? {} : { backend: backend === 'none' ? [] : [backend].flat().sort() }),
  };
}

describe('the table as a whole', () => {
  const all = tables.flatMap(({ cases }) => cases);
  const requests = all.flatMap((entry) => entry.requests ?? []);

  it('has at least 150 requests', () => {
    expect(requests.length).toBeGreaterThanOrEqual(150);
  });

  it.each(catalogue.map(({ id }) => id))('has a case that finds %s and a near miss that does not', (id) => {
    const fires = all.some((entry) => entry.check?.finds?.includes(id) || entry.requests?.some(({ finding }) => finding === id));
    const silent = all.some((entry) => entry.check?.silent?.includes(id) || entry.requests?.some((row) => row.silent?.includes(id)));
    expect({ fires, silent }).toEqual({ fires: true, silent: true });
  });
});
