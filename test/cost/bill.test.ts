import fc from 'fast-check';
import { type PriceList, costOf, publishedPriceList } from '../../src/cost';
import { buildWorld } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { balancer, costOfYaml, gateway, ingress, traefik } from './counted';

const published = publishedPriceList();
const many = (count: number): string => Array.from({ length: count }, (_, index) => balancer(`web-${index}`)).join('');
const by = (firstRules: PriceList['firstRules']): { readonly prices: PriceList } => ({ prices: { ...published, firstRules } });

describe('forwarding rules of us-central1, in hundredths of a dollar a month', () => {
  // 0.025 an hour for the first five, 0.01 for each further one, 730 hours.
  test.each([
    [1, 1825, 1825], [2, 1825, 3650], [5, 1825, 9125], [6, 2555, 9855], [7, 3285, 10585],
  ])('%i cost from %i to %i', (count, least, most) => expect(costOfYaml(many(count)).total).toEqual({ least, most }));

  test('a list that says so settles it', () => {
    expect(costOfYaml(many(6), by('together')).total).toEqual({ least: 2555, most: 2555 });
    expect(costOfYaml(many(6), by('each')).total).toEqual({ least: 9855, most: 9855 });
  });

  test("another region has other prices, as Google's calculator has them for the Netherlands' sixth rule", () => {
    const of = (count: number): number => costOfYaml(many(count), { region: 'europe-west4' }).total.least;
    expect(of(6) - of(5)).toBe(803);
  });

  test('global ones are counted apart', () => expect(costOfYaml(many(5) + gateway('gke-l7-gxlb', 80)).total.least).toBe(1825 + 1825));

  test('regional application load balancers are counted with the others of the region', () => {
    expect(costOfYaml(many(5) + gateway('gke-l7-regional-external-managed', 80)).total.least).toBe(2555);
  });

  test('one more', () => {
    expect(costOfYaml(many(1)).oneMore).toEqual({ least: 0, most: 1825 });
    expect(costOfYaml(many(5)).oneMore).toEqual({ least: 730, most: 730 });
    expect(costOfYaml('').oneMore).toBeUndefined();
  });
});

describe('the parts of ten equal ones', () => {
  // 54.75 to 127.75 among ten.
  const cost = costOfYaml(many(10));
  test('are equal, rounded half up', () => expect(cost.rows.map(({ month }) => month)).toEqual(Array.from({ length: 10 }, () => ({ least: 548, most: 1278 }))));
  test('leave the total exact', () => expect(cost.total).toEqual({ least: 5475, most: 12775 }));
});

describe('internal application load balancers', () => {
  // Three proxies at 0.025 an hour are the least; the pages do not say whether the rule costs as well.
  test('share their proxies', () => {
    expect(costOfYaml(gateway('gke-l7-rilb', 80)).total).toEqual({ least: 5475, most: 5475 + 1825 });
    const two = costOfYaml(gateway('gke-l7-rilb', 80) + ingress('{kubernetes.io/ingress.class: gce-internal}'));
    expect(two.total).toEqual({ least: 5475, most: 5475 + 3650 });
    expect(two.rows.map(({ month }) => month.least)).toEqual([2738, 2738]);
  });

  test('regional external ones run on proxies too, and none are charged', () => expect(costOfYaml(gateway('gke-l7-regional-external-managed', 80)).total).toEqual({ least: 1825, most: 1825 }));

  test('have no price where the list has none of proxies, and nothing is made up', () => {
    const cost = costOfYaml(many(1) + gateway('gke-l7-rilb', 80), { region: 'europe-west3' });
    expect(cost.unpriced.map(({ why }) => why)).toEqual(['Gateway shop/site runs on proxies, whose price the list does not have for europe-west3.']);
    expect(cost.total).toEqual({ least: 2190, most: 2190 });
  });
});

describe('beside the rules', () => {
  test('data processed, by the region', () => {
    expect(costOfYaml(many(2), { gib: 500 })).toMatchObject({ data: 400, total: { least: 2225, most: 4050 } });
    expect(costOfYaml(many(2), { gib: 500, region: 'europe-west4' }).data).toBe(450);
  });

  test('no data without a load balancer', () => expect(costOfYaml('', { gib: 500 })).toMatchObject({ data: 0, total: { least: 0, most: 0 } }));

  test("a controller's pods, which are not priced without a price of nodes", () => {
    const cost = costOfYaml(traefik());
    expect(cost.capacity).toEqual([{ controller: 'Traefik', pods: 2, cpu: 0.2, memory: 0.5, month: null }]);
    expect(cost.total).toEqual({ least: 1825, most: 1825 });
  });

  test("a controller's pods at a price of nodes", () => {
    const price = (amount: number, unit: 'vCPU-hour' | 'GiB-hour') => ({ amount, unit, source: 'page' });
    const here = { ...published.regions['us-central1']!, nodes: { vcpu: price(0.02, 'vCPU-hour'), memory: price(0.003, 'GiB-hour') } };
    const cost = costOfYaml(traefik(), { prices: { ...published, regions: { 'us-central1': here } } });
    // 730 × (0.2 × 0.02 + 0.5 × 0.003)
    expect(cost).toMatchObject({ capacity: [{ month: 402 }], total: { least: 1825 + 402, most: 1825 + 402 } });
  });

  test('a Service is one load balancer by a list that counts Services, and what is not one has no price', () => {
    const prices: PriceList = { ...published, counts: 'services' };
    const yaml = balancer('a', 'loadBalancerClass: example.com/nlb\nipFamilyPolicy: RequireDualStack\nports: [{port: 80}, {port: 53, protocol: UDP}]') + balancer('b');
    expect(costOfYaml(yaml, { prices, platform: 'bare' }).total).toEqual({ least: 1825, most: 3650 });
    const price = { amount: 0.02, unit: 'hour', source: 'page' } as const;
    const alike: PriceList = { ...prices, regions: { 'us-central1': { ...published.regions['us-central1']!, rules: { included: 1, first: price, additional: price } } } };
    expect(costOfYaml(yaml, { prices: alike }).total).toEqual({ least: 2920, most: 2920 });
    expect(costOfYaml(yaml + ingress('{}'), { prices }).unpriced.map(({ why }) => why)).toEqual(["Ingress shop/site has a load balancer of GKE's, which is not in these prices."]);
  });
});

describe('any load balancers', () => {
  const spec = fc.constantFrom(
    'ports: [{port: 80}]', 'ports: [{port: 53}, {port: 53, protocol: UDP}]', 'ipFamilyPolicy: RequireDualStack\nports: [{port: 443}]', 'ipFamilyPolicy: PreferDualStack\nports: [{port: 80}]',
    'loadBalancerClass: networking.gke.io/l4-regional-internal\nports: [{port: 5432}]',
  );
  const front = fc.oneof(
    { weight: 3, arbitrary: spec.map((text) => (name: string) => balancer(name, text)) },
    fc.constantFrom('gce', 'gce-internal', 'gce-regional-external').map((className) => (name: string) => ingress(`{kubernetes.io/ingress.class: ${className}}`, 'tls: [{secretName: cert}]').replace('name: site', `name: ${name}`)),
    fc.constantFrom('gke-l7-gxlb', 'gke-l7-rilb', 'gke-l7-regional-external-managed').map((className) => (name: string) => gateway(className, 80, 443).replace('name: site', `name: ${name}`)),
  );
  const fronts = fc.array(front, { maxLength: 12 }).map((makers) => makers.map((make, index) => make(`front-${String(index).padStart(2, '0')}`)));
  const options = fc.record({ region: fc.constantFrom(...Object.keys(published.regions)), gib: fc.nat(5000), prices: fc.constantFrom('together' as const, 'each' as const, 'unclear' as const).map((reading) => ({ ...published, firstRules: reading })) });
  const cost = (documents: readonly string[], given: { readonly region: string; readonly gib: number; readonly prices: PriceList }) =>
    costOf(buildWorld(readManifests([{ file: 'all.yaml', text: documents.join('') }]), { platform: 'gke' }), given);

  test('the rows add up to the total, but for half a hundredth each', () => {
    fc.assert(fc.property(fronts, options, (documents, given) => {
      const { rows, data, total } = cost(documents, given);
      for (const end of ['least', 'most'] as const) {
        expect(rows.every(({ month }) => Number.isInteger(month[end]))).toBe(true);
        expect(Math.abs(rows.reduce((sum, { month }) => sum + month[end], data) - total[end])).toBeLessThanOrEqual(rows.length / 2);
      }
      expect(total.least).toBeLessThanOrEqual(total.most);
    }));
  });

  test('equal ones have equal rows', () => {
    fc.assert(fc.property(fronts, options, (documents, given) => {
      const months = new Map<string, string>();
      for (const { loadBalancer: { scope, rules, proxies }, month } of cost(documents, given).rows) {
        const like = JSON.stringify([scope, rules, proxies]);
        expect(months.get(like) ?? JSON.stringify(month)).toBe(JSON.stringify(month));
        months.set(like, JSON.stringify(month));
      }
    }));
  });

  test('one more is never cheaper', () => {
    fc.assert(fc.property(fronts, front, options, (documents, more, given) => {
      const [before, after] = [cost(documents, given), cost([...documents, more('one-more')], given)];
      for (const end of ['least', 'most'] as const) expect(after.total[end]).toBeGreaterThanOrEqual(before.total[end]);
    }));
  });

  test('the order of the input does not matter', () => {
    fc.assert(fc.property(fronts, options, fc.infiniteStream(fc.nat()), (documents, given, stream) => {
      const places = [...stream.take(documents.length)];
      const shuffled = documents.map((document, index) => ({ document, place: places[index] ?? 0 })).sort((a, b) => a.place - b.place).map(({ document }) => document);
      // Where in the input something stands is the only difference.
      const figures = (documents_: readonly string[]): string => JSON.stringify(cost(documents_, given), (key, value: unknown) => (key === 'manifest' ? undefined : value));
      expect(figures(shuffled)).toBe(figures(documents));
    }));
  });
});
