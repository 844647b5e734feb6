import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { balancer, gateway, ingress, traefik, within } from '../cost/counted';
import { folder, ladder } from './memory-terminal';

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/cost.schema.json', 'utf8')) as object);

interface Document {
  readonly prices: { readonly region: string; readonly currency: string };
  readonly environments: readonly { readonly name: string; readonly total: { readonly least: number; readonly most: number }; readonly loadBalancers: readonly { readonly name: string; readonly file: string; readonly line: number }[] }[];
}

async function json(args: readonly string[], stdin = ''): Promise<Document> {
  const { out, err } = await ladder(['cost', ...args, '--json'], { stdin });
  expect(err).toBe('');
  const document = JSON.parse(out) as Document;
  expect(validate(document) || validate.errors).toBe(true);
  return document;
}

describe('environments', () => {
  test('each of the example, by its name', async () => {
    const { environments } = await json([]);
    expect(environments.map(({ name, total, loadBalancers }) => [name, loadBalancers.length, total.least, total.most])).toEqual(expect.arrayContaining([
      ['kind-clusterip', 0, 0, 0], ['kind-nodeport', 0, 0, 0], ['kind-ingress', 0, 0, 0],
      ['gke-loadbalancer', 5, 18.25, 91.25], ['gke-ingress-traefik', 1, 18.25, 18.25], ['gke-ingress', 1, 18.25, 36.5],
    ]));
  });

  test('a table', async () => {
    const { code, out, err } = await ladder(['cost', 'gke-ingress-traefik', '--gib', '100']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`gke-ingress-traefik: 1 load balancer, 19.05 USD a month

  LOAD BALANCER            WHAT IT IS                         RULES  USD/MONTH
  Service traefik/traefik  external passthrough, for Traefik  1      18.25
  data processed           100 GiB                                   0.80
`);
    expect(out).toMatch(/^ {2}2 pods of Traefik +request [\d.]+ vCPU, [\d.]+ GiB +on your nodes$/m);
    expect(out).toMatch(/^ {2}total +1 +19\.05$/m);
    expect(out).toContain('Left out\n  - data out to the internet');
    expect(out).not.toContain('--gib');
  });

  test('where nobody bills, there is nothing to say of prices', async () => {
    expect(await ladder(['cost', 'kind-ingress'])).toEqual({
      code: 0, err: '', out: 'kind-ingress: no load balancer that anybody bills\n  Nobody bills load balancers on kind: there is nothing to price.\n',
    });
  });

  test('another region', async () => {
    const { prices, environments } = await json(['gke-loadbalancer', '--region', 'europe-west3']);
    expect(prices).toMatchObject({ region: 'europe-west3', currency: 'USD' });
    expect(environments[0]?.total).toEqual({ least: 21.9, most: 109.5 });
  });
});

describe('manifests', () => {
  test('files and standard input, with file and line', async () => {
    const cwd = folder({ 'a.yaml': balancer('a') });
    const { out, code } = await ladder(['cost', '-f', 'a.yaml', '-f', '-', '--platform', 'gke', '--json'], { cwd, stdin: ingress('{kubernetes.io/ingress.class: gce}') });
    const { environments } = JSON.parse(out) as Document;
    expect(code).toBe(0);
    expect(environments).toMatchObject([{ name: 'a.yaml, standard input', loadBalancers: [{ name: 'a', file: 'a.yaml', line: 2 }, { name: 'site', file: '<stdin>', line: 2 }] }]);
  });

  test('internal fronts, unpriced ones, notes and comparisons are in the document as well', async () => {
    await json(['-f', '-', '--platform', 'gke', '--gib', '7'], [
      traefik(), gateway('gke-l7-rilb', 80), balancer('a'), balancer('b'), balancer('c', 'loadBalancerClass: example.com/lb\nports: [{port: 80}]'), ingress('{}', 'ingressClassName: gce'),
    ].join(''));
  });

  test('of several namespaces: what each kind of front takes, and where it is more', async () => {
    const { out } = await ladder(['cost', '-f', '-', '--platform', 'gke'], { stdin: Array.from({ length: 6 }, (_, index) => within(`team${index}`, balancer('web'))).join('') });
    expect(out).toContain(`
  Service team5/web  external passthrough  1      4.26 to 16.43
  total                                    6      25.55 to 98.55
  Rows are rounded, equal ones alike, so their sum is a little off the total.

  The same services behind one front: 6 external load balancers into one external front

  WITH                                           RULES  USD/MONTH        THAN NOW
  one controller for all (its pods not counted)  1      18.25            7.30 less to 80.30 less
  one GKE Gateway for all                        2      18.25 to 36.50   7.30 less to 62.05 less
  a GKE Ingress for each namespace (6)           12     69.35 to 142.35  43.80 more
  A new one of GKE's: a rule for http and one for https; global rules, which are counted apart.
`);
  });

  test('rows that come to the total have no word about it', async () => {
    const { out } = await ladder(['cost', '-f', '-', '--platform', 'gke'], { stdin: traefik() + ingress('{}', 'ingressClassName: traefik') + within('b', ingress('{kubernetes.io/ingress.class: gce}')) });
    expect(out).not.toContain('Rows are rounded');
    expect(out).toContain('The same services behind one front: 1 external load balancer into Service edge/traefik, which is there\n');
    expect(out).not.toContain("A new one of GKE's");
  });

  test('internal ones: the price of proxies has its source, and the open rules their reason', async () => {
    const { out } = await ladder(['cost', '-f', '-', '--platform', 'gke'], { stdin: ['a', 'b'].map((name) => balancer(name, 'loadBalancerClass: networking.gke.io/l4-regional-internal\nports: [{port: 80}]')).join('') });
    expect(out).toContain("  A new one of GKE's: a rule for http and one for https; proxies for the internal one.\n");
    expect(out).toContain('  https://cloud.google.com/vpc/network-pricing (');
    expect(out).toContain('not say whether those of internal application load balancers are charged beside their proxies.\n');
  });

  test('what has no price makes the exit code 3', async () => {
    const { code, out } = await ladder(['cost', '-f', '-'], { stdin: balancer('a') + balancer('b', 'loadBalancerClass: service.k8s.aws/nlb\nports: [{port: 80}]') });
    expect(code).toBe(3);
    expect(out).toContain('standard input: 1 load balancer, 18.25 USD a month, and what has no price here\n');
    expect(out).toContain("  ? Service shop/b has a load balancer of class service.k8s.aws/nlb, which is not GKE's.\n");
  });

  test('nothing with a price is no figure', async () => {
    const { code, out } = await ladder(['cost', '-f', '-'], { stdin: ingress('{}', 'ingressClassName: nginx') });
    expect(code).toBe(3);
    expect(out).toContain('standard input: cannot tell: there is no price for what stands in front\n');
    expect(out).not.toMatch(/\d USD/);
  });

  test('the rest is priced where some cannot be read, and the exit code is 2', async () => {
    const { code, out, err } = await ladder(['cost', '-f', '-', '--platform', 'gke'], { stdin: `${balancer('a')}---\n{ broken` });
    expect(code).toBe(2);
    expect(err).toMatch(/^<stdin>:\d+: not YAML/);
    expect(out).toContain('1 load balancer, 18.25 USD a month');
  });

  test('names from files do not reach the terminal with their escapes', async () => {
    const { out } = await ladder(['cost', '-f', '-', '--platform', 'gke'], { stdin: balancer('"a\\u001b[31m"') });
    expect(out).not.toContain('\u001b');
  });
});

describe('prices', () => {
  test('the list is printed, and read again', async () => {
    const { out, code } = await ladder(['cost', '--print-prices']);
    expect(code).toBe(0);
    const own = { ...JSON.parse(out) as object, firstRules: 'together', currency: 'EUR', provider: 'Us' };
    const cwd = folder({ 'own.json': JSON.stringify(own), 'a.yaml': balancer('a') + balancer('b') });
    const report = await ladder(['cost', '-f', 'a.yaml', '--prices', 'own.json', '--platform', 'gke'], { cwd });
    expect(report.out).toContain('a.yaml: 2 load balancers, 18.25 EUR a month');
    expect(report.out).toContain('Prices of Us, us-central1, in EUR');
    expect(report.out).not.toContain('Why a range');
  });

  test('a list with mistakes is refused with all of them', async () => {
    const cwd = folder({ 'own.json': '{"provider": "", "currency": "usd"}' });
    const { code, out, err } = await ladder(['cost', '--prices', 'own.json'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('own.json provider: PRICES_FIELD ("")');
    expect(err).toContain('own.json regions: PRICES_FIELD: regions is missing.');
  });
});

describe('bad usage', () => {
  test.each<[readonly string[], string]>([
    [['--region', 'europe-west99'], 'The prices of Google Cloud have no region europe-west99. They have asia-east1, '],
    [['--region', 'constructor'], 'have no region constructor'],
    [['--gib', '-1'], '--gib -1: it is a number of GiB a month'],
    [['--gib', 'many'], '--gib many'],
    [['--gib', ''], '--gib : it is'],
    [['deploy/', 'kind.yaml'], 'as in ladder cost -f deploy/ -f kind.yaml;'],
    [['gke-loadbalanser'], 'Did you mean gke-loadbalancer?'],
    [['gke-ingress', '-f', 'docs/examples'], 'Name environments (gke-ingress) or give manifests with -f, not both.'],
    [['-f', 'docs/examples', '--app', 'app.js'], '--app renders environments; -f reads manifests.'],
    [['gke-ingress', '--platform', 'kind'], '--platform only goes with -f'],
    [['--platform', 'kind', '--profile', 'p.yaml'], '--platform and --profile only go with -f'],
    [['--prices', 'none.json'], 'none.json: cannot be read'],
    [['--prices', 'README.md'], 'README.md: a price list is JSON'],
    [['-f', 'none.yaml'], 'There is no Kubernetes object in none.yaml.'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await ladder(['cost', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/mistake in ladder itself/);
  });
});
