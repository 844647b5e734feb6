import { publishedPriceList } from '../../src/cost';
import { balancer, costOfYaml, gateway, ingress, traefik } from './counted';

const internal = (name: string): string => balancer(name, 'loadBalancerClass: networking.gke.io/l4-regional-internal\nports: [{port: 80}]');
const three = balancer('a') + balancer('b') + balancer('c');

describe('the same services behind one Ingress', () => {
  test('a controller saves at most what each further rule would cost, and at the least nothing', () => {
    const { together } = costOfYaml(three);
    expect(together?.moves).toEqual({ external: ['Service shop/a', 'Service shop/b', 'Service shop/c'], internal: [] });
    expect(together?.alternatives.map(({ front, rules, month, saves }) => ({ front, rules: rules.most, month, saves }))).toEqual([
      { front: 'controller', rules: 1, month: { least: 1825, most: 1825 }, saves: { least: 0, most: 3650 } },
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
    expect(together?.alternatives.map(({ front, saves }) => [front, saves.least])).toEqual([['controller', 0], ['gke-ingress', -1825]]);
  });

  test('internal ones get a front of their own, which the external one would give away', () => {
    const { together } = costOfYaml(three + internal('u') + internal('v'));
    expect(together?.moves.internal).toEqual(['Service shop/u', 'Service shop/v']);
    expect(together?.alternatives).toMatchObject([
      { front: 'controller', rules: { most: 2 }, month: { least: 1825, most: 3650 } },
      // Its proxies cost more than the rules it saves.
      { front: 'gke-ingress', rules: { least: 2, most: 4 }, month: { least: 1825 + 5475, most: 3650 + 5475 + 3650 } },
    ]);
  });

  test('where the list has no price of proxies, that front is named and not priced', () => {
    expect(costOfYaml(internal('u') + internal('v'), { region: 'europe-west1' }).together).toMatchObject({ alternatives: [{ front: 'controller' }], withoutPrice: [expect.stringContaining("GKE's own")] });
  });

  test.each([
    ["GKE's Ingress", ingress('{kubernetes.io/ingress.class: gce}')],
    ["GKE's Gateway", gateway('gke-l7-global-external-managed', 80)],
    ["Traefik's Service", traefik()],
  ])('a front that is there takes even a single Service: %s', (_, front) => {
    const { together, total } = costOfYaml(front + balancer('a'));
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
