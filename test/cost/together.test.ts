import fc from 'fast-check';
import { publishedPriceList } from '../../src/cost';
import { balancer, costOfYaml, gateway, ingress, traefik, within } from './counted';

const internal = (name: string): string => balancer(name, 'loadBalancerClass: networking.gke.io/l4-regional-internal\nports: [{port: 80}]');
const three = balancer('a') + balancer('b') + balancer('c');

describe('the same services behind one front', () => {
  test('a controller saves at most what each further rule would cost, and at the least nothing', () => {
    const { together } = costOfYaml(three);
    expect(together?.moves).toEqual({ external: ['Service shop/a', 'Service shop/b', 'Service shop/c'], internal: [] });
    expect(together?.alternatives.map(({ front, rules, month, saves }) => ({ front, rules: rules.most, month, saves }))).toEqual([
      { front: 'controller', rules: 1, month: { least: 1825, most: 1825 }, saves: { least: 0, most: 3650 } },
      { front: 'gke-gateway', rules: 2, month: { least: 1825, most: 3650 }, saves: { least: 0, most: 1825 } },
      { front: 'gke-ingress', rules: 2, month: { least: 1825, most: 3650 }, saves: { least: 0, most: 1825 } },
    ]);
  });

  test('from the sixth rule on there is something to save at either end', () => {
    const many = Array.from({ length: 8 }, (_, index) => balancer(`web-${index}`)).join('');
    expect(costOfYaml(many).together?.alternatives[0]).toMatchObject({ front: 'controller', saves: { least: 3 * 730, most: 4 * 1825 + 3 * 730 } });
  });

  test("GKE's own front is dearer where regional load balancers stay beside it", () => {
    const { together } = costOfYaml(three + balancer('db', 'ports: [{port: 5432}]'), { prices: { ...publishedPriceList(), firstRules: 'together' } });
    expect(together?.stays).toEqual([{ name: 'Service shop/db', why: 'port 5432 is PostgreSQL' }]);
    expect(together?.alternatives.map(({ front, saves }) => [front, saves.least])).toEqual([['controller', 0], ['gke-gateway', -1825], ['gke-ingress', -1825]]);
  });

  test('internal ones get a front of their own, which the external one would give away', () => {
    const { together } = costOfYaml(three + internal('u') + internal('v'));
    expect(together?.moves.internal).toEqual(['Service shop/u', 'Service shop/v']);
    expect(together?.alternatives).toMatchObject([
      { front: 'controller', rules: { most: 2 }, month: { least: 1825, most: 3650 } },
      // Its proxies cost more than the rules it saves.
      ...['gke-gateway', 'gke-ingress'].map((front) => ({ front, rules: { least: 2, most: 4 }, month: { least: 1825 + 5475, most: 3650 + 5475 + 3650 } })),
    ]);
  });

  test('where the list has no price of proxies, that front is named and not priced', () => {
    expect(costOfYaml(internal('u') + internal('v'), { region: 'europe-west1' }).together).toMatchObject({ alternatives: [{ front: 'controller' }], withoutPrice: ['one GKE Gateway for all', 'a GKE Ingress'] });
  });

  test.each([
    ["GKE's Ingress", ingress('{kubernetes.io/ingress.class: gce}')],
    ["GKE's Gateway", gateway('gke-l7-global-external-managed', 80)],
    ["Traefik's Service", traefik()],
  ])('a front that is there takes even a single Service: %s', (_, front) => {
    const { together, total } = costOfYaml(front + balancer('a'));
    expect(together?.moves.external).toEqual(['Service shop/a']);
    expect(together?.there.map(({ reach }) => reach)).toEqual(['external']);
    expect(together?.alternatives).toMatchObject([{ front: 'there', saves: { least: total.least - 1825, most: total.most - 1825 } }]);
    expect(together?.stays).toEqual([]);
  });

  test('an internal front does not take an external Service, nor the other way round', () => {
    expect(costOfYaml(ingress('{kubernetes.io/ingress.class: gce-internal}') + balancer('a')).together).toBeUndefined();
    expect(costOfYaml(ingress('{kubernetes.io/ingress.class: gce}') + internal('a')).together).toBeUndefined();
  });

  test('by a list that counts Services only a controller is offered', () => {
    expect(costOfYaml(three, { prices: { ...publishedPriceList(), counts: 'services' } }).together?.alternatives.map(({ front }) => front)).toEqual(['controller']);
  });

  test.each<[string, string]>([
    ['nothing at all', ''],
    ['one Service', balancer('a')],
    ['one external and one internal', balancer('a') + internal('u')],
    ['a front alone', traefik() + ingress('{}', 'ingressClassName: traefik')],
    ['one of them is a database', balancer('a') + balancer('b', 'ports: [{port: 3306}]')],
  ])('there is nothing to put together: %s', (_, yaml) => expect(costOfYaml(yaml).together).toBeUndefined());
});

const teams = (count: number, yaml: string): string => Array.from({ length: count }, (_, index) => within(`team${index}`, yaml)).join('');
const gce = ingress('{kubernetes.io/ingress.class: gce}', 'tls: [{secretName: cert}]');
const figures = (yaml: string): readonly unknown[] | undefined => costOfYaml(yaml).together?.alternatives.map(({ front, what, rules, saves }) => [front, what, rules.most, saves.least, saves.most]);

describe('in several namespaces', () => {
  test('it takes an Ingress of GKE for each, which costs as much as the same written down, and is more than now', () => {
    const { together, total } = costOfYaml(teams(10, balancer('web')));
    expect(together?.alternatives).toMatchObject([
      { front: 'controller', what: 'one controller for all (its pods not counted)', rules: { most: 1 }, saves: { least: 3650, most: 10950 } },
      { front: 'gke-gateway', what: 'one GKE Gateway for all', rules: { most: 2 }, month: { least: 1825, most: 3650 }, saves: { least: 3650, most: 9125 } },
      { front: 'gke-ingress', what: 'a GKE Ingress for each namespace (10)', rules: { most: 20 }, saves: { least: -7300, most: -7300 } },
    ]);
    expect(together?.alternatives[2]?.month).toEqual(costOfYaml(teams(10, gce)).total);
    expect(together?.alternatives[1]?.month).toEqual(costOfYaml(gateway('gke-l7-global-external-managed', 80, 443)).total);
    expect(total).toEqual({ least: 5475, most: 12775 });
  });

  test('in one alone the Ingress costs what the Gateway does', () => {
    expect(figures(balancer('a') + balancer('b'))?.slice(1)).toEqual([
      ['gke-gateway', 'one GKE Gateway for all', 2, 0, 0], ['gke-ingress', 'a GKE Ingress', 2, 0, 0],
    ]);
  });

  test('an Ingress does not take a Service of another namespace: it is given up as well, or gets a second beside it', () => {
    const yaml = within('a', ingress('{kubernetes.io/ingress.class: gce}')) + within('b', balancer('api'));
    expect(costOfYaml(yaml).together).toMatchObject({ moves: { external: ['Service b/api', 'Ingress a/site'] }, there: [] });
    // Now 18.25 for one rule of the region and 18.25 for a global one.
    expect(figures(yaml)).toEqual([
      ['controller', 'one controller for all (its pods not counted)', 1, 1825, 1825],
      ['gke-gateway', 'one GKE Gateway for all', 2, 1825, 0],
      ['gke-ingress', 'a GKE Ingress for each namespace (2)', 3, 1825, -1825],
    ]);
  });

  test('an Ingress takes the Services of its own', () => {
    expect(costOfYaml(gce + balancer('a') + balancer('b')).together).toMatchObject({ there: [{ reach: 'external', name: 'Ingress shop/site' }], alternatives: [{ front: 'there', rules: { most: 2 } }] });
  });

  test.each<[string, string, string]>([
    ["GKE's Gateway", gateway('gke-l7-global-external-managed', 80), 'Gateway shop/site'],
    ["Traefik's Service", traefik(), 'Service edge/traefik'],
    ['the Service that a controller has made for its Gateway', gateway('envoy', 80) + balancer('envoy-site').replace('annotations: {}', 'labels: {gateway.networking.k8s.io/gateway-name: site}'), 'Service shop/envoy-site'],
    ['both, of which the controller stays anyway', traefik() + within('edge', gateway('gke-l7-global-external-managed', 80)), 'Service edge/traefik'],
    ['a Gateway beside an Ingress', within('a', gce) + gateway('gke-l7-global-external-managed', 80), 'Gateway shop/site'],
  ])('what takes all of them is there: %s', (_, front, name) => {
    expect(costOfYaml(front + within('a', balancer('web')) + within('b', balancer('web'))).together).toMatchObject({ there: [{ reach: 'external', name }], alternatives: [{ front: 'there' }] });
  });

  test("Ingresses of GKE's could be one Gateway, and are what they are now otherwise", () => {
    expect(figures(teams(10, gce))).toEqual([
      ['controller', 'one controller for all (its pods not counted)', 1, 10950, 18250], ['gke-gateway', 'one GKE Gateway for all', 2, 10950, 16425],
    ]);
  });

  test('two Ingresses of one namespace could be one of them, with the rules of the larger', () => {
    expect(costOfYaml(ingress('{}').replace('name: site', 'name: plain') + gce).together).toMatchObject({
      moves: { external: ['Ingress shop/plain'] }, there: [{ name: 'Ingress shop/site' }], alternatives: [{ front: 'there', rules: { most: 2 } }],
    });
  });

  test('Gateways could be one of them', () => {
    expect(costOfYaml(teams(4, gateway('gke-l7-global-external-managed', 80, 443))).together).toMatchObject({
      moves: { external: ['Gateway team1/site', 'Gateway team2/site', 'Gateway team3/site'] }, there: [{ name: 'Gateway team0/site' }], alternatives: [{ rules: { most: 2 } }],
    });
  });

  test('each kind of front costs what it does written down, wherever the services are and whatever stays', () => {
    const services = fc.array(fc.record({ team: fc.nat(4), stays: fc.boolean() }), { minLength: 2, maxLength: 12 });
    fc.assert(fc.property(services, fc.constantFrom('together' as const, 'each' as const, 'unclear' as const), (chosen, firstRules) => {
      const written = chosen.map(({ team, stays }, index) => ({ namespace: `team${team}`, stays, yaml: within(`team${team}`, balancer(`s${index}`, `ports: [{port: ${stays ? 5432 : 80}}]`)) }));
      const http = written.filter(({ stays }) => !stays);
      fc.pre(http.length > 1);
      const prices = { ...publishedPriceList(), firstRules };
      const left = written.filter(({ stays }) => stays).map(({ yaml }) => yaml).join('');
      const after = (fronts: string): unknown => costOfYaml(left + fronts, { prices }).total;
      expect(costOfYaml(written.map(({ yaml }) => yaml).join(''), { prices }).together?.alternatives.map(({ front, month }) => [front, month])).toEqual([
        ['controller', after(traefik())],
        ['gke-gateway', after(gateway('gke-l7-global-external-managed', 80, 443))],
        ['gke-ingress', after([...new Set(http.map(({ namespace }) => namespace))].map((namespace) => within(namespace, gce)).join(''))],
      ]);
    }));
  });

  test('external and internal ones are apart in each', () => {
    const both = balancer('web') + internal('admin');
    expect(costOfYaml(teams(2, both)).together?.alternatives).toMatchObject([
      { front: 'controller', rules: { most: 2 } }, { front: 'gke-gateway', rules: { least: 2, most: 4 } },
      { front: 'gke-ingress', what: 'a GKE Ingress for each namespace, external and internal (4)', rules: { least: 4, most: 8 } },
    ]);
  });

  test('what stays, stays: no UDP, no database, nor the only internal one', () => {
    const stay = balancer('dns', 'ports: [{port: 53, protocol: UDP}]') + balancer('db', 'ports: [{port: 5432}]') + internal('admin');
    const { together } = costOfYaml(teams(2, balancer('web')) + within('c', stay));
    expect(together?.moves).toEqual({ external: ['Service team0/web', 'Service team1/web'], internal: [] });
    expect(together?.stays.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      'Service c/admin: it is the only internal one for HTTP', 'Service c/db: port 5432 is PostgreSQL', 'Service c/dns: port 53/UDP is not TCP',
    ]);
    expect(together?.alternatives.map(({ rules }) => rules.most)).toEqual([4, 5, 7]);
  });

  test.each<[string, string]>([
    ['UDP in each', teams(3, balancer('dns', 'ports: [{port: 53, protocol: UDP}]'))],
    ['an Ingress in one', within('a', gce)],
    ['an Ingress, and an internal Service in another', within('a', gce) + within('b', internal('admin'))],
  ])('there is nothing to put together: %s', (_, yaml) => expect(costOfYaml(yaml).together).toBeUndefined());
});

describe('what an Ingress could stand in front of', () => {
  test.each<[string, string | undefined]>([
    ['{port: 80}', undefined],
    ['{port: 9898}', undefined],
    ['{port: 443, name: https}', undefined],
    ['{port: 50051, appProtocol: kubernetes.io/h2c}', undefined],
    ['{port: 50051, appProtocol: grpc}', undefined],
    ['{port: 6379, name: http}', undefined],
    ['{port: 6379, name: http-metrics}', undefined],
    ['{port: 6379, name: httpd}', 'port 6379 is Redis'],
    ['{port: 6379}', 'port 6379 is Redis'],
    ['{port: 5432}', 'port 5432 is PostgreSQL'],
    ['{port: 80, appProtocol: redis}', 'port 80 speaks redis'],
    ['{port: 80, protocol: UDP}', 'port 80/UDP is not TCP'],
    ['{port: 443}, {port: 443, protocol: UDP, name: h3}', 'port 443/UDP is not TCP'],
    ['{port: 80}, {port: 22}', 'port 22 is SSH'],
  ])('%s: %s', (ports, why) => {
    const { together } = costOfYaml(balancer('it', `ports: [${ports}]`) + balancer('a') + balancer('b'));
    expect(together?.stays).toEqual(why === undefined ? [] : [{ name: 'Service shop/it', why }]);
  });
});
