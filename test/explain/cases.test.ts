import { catalogue, check, explain, parseRequest } from '../../src/explain';
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
        if (entry.check?.broken !== undefined) expect(followed.filter(({ verdict }) => verdict === 'broken').map(({ request }) => request)).toEqual(entry.check.broken);
      });
    }
  });
});

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
