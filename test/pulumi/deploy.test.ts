import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import { environments } from '../../src/apps/environments';
import { Environment } from '../../src/constructs/environment';
import { kind } from '../../src/platforms/kind';
import { deploy, type DeployOptions } from '../../src/pulumi/deploy';
import { plan } from '../../src/pulumi/plan';
import { ProblemError } from '../../src/model/problem';
import { buildEnvironments } from '../../src/render/environments';
import { type Answer, record } from './recorder';

const provider = (): kubernetes.Provider => new kubernetes.Provider('cluster', { context: 'kind-kind' });

function definitionOf(fill: (environment: Environment) => void) {
  return {
    name: 'test', description: 'test', build: (app: App): Environment => {
      const environment = new Environment(app, 'test', { platform: kind() });
      fill(environment);
      return environment;
    },
  };
}

const labels = { app: 'web' };
const deployment = (spec: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }], ...spec }] } } },
});
const service = (selector: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector, ports: [{ port: 80, targetPort: 8080 }] } });

/** Deploys, and tells what was refused and how many objects were made. */
async function attempt(fill: (environment: Environment) => void, options: Partial<DeployOptions> = {}) {
  let error: unknown;
  const { registrations } = await record(() => {
    const given = provider();
    try {
      deploy(definitionOf(fill), { provider: given, ...options });
    } catch (thrown) {
      error = thrown;
    }
  });
  return { problems: error instanceof ProblemError ? error.problems : [], made: registrations.filter(({ type }) => type.startsWith('kubernetes:')) };
}

test('what the check finds broken is not created', async () => {
  const { problems, made } = await attempt((environment) => {
    new ApiObject(environment, 'Deployment', deployment());
    new ApiObject(environment, 'Service', service({ app: 'wbe' }));
  });
  expect(made).toEqual([]);
  expect(problems).toContainEqual(expect.objectContaining({ severity: 'error', path: 'Service/shop/web' }));
});

test('a finding that the stack ignores does not stop it', async () => {
  const fill = (environment: Environment): void => {
    new ApiObject(environment, 'Deployment', deployment());
    new ApiObject(environment, 'Service', service({ app: 'wbe' }));
  };
  const { problems } = await attempt(fill);
  const { made } = await attempt(fill, { ignore: problems.map(({ code }) => code) });
  expect(made.map(({ name }) => name).sort()).toEqual(['Service/shop/web', 'apps/Deployment/shop/web']);
});

test('a Pulumi Output in a manifest is refused, with the construct and the field', async () => {
  const { problems, made } = await attempt((environment) => {
    new ApiObject(environment, 'Deployment', deployment({ env: [{ name: 'A', value: pulumi.output('x') }] }));
  });
  expect(made).toEqual([]);
  expect(problems).toEqual([expect.objectContaining({ code: 'PULUMI_OUTPUT', path: expect.stringMatching(/^test\/Deployment spec\.template\.spec\.containers\[0\]\.env\[0\]\.value/) })]);
});

test('so is one inside a text', async () => {
  const { problems } = await attempt((environment) => {
    new ApiObject(environment, 'Deployment', deployment({ env: [{ name: 'A', value: `postgres://${String(pulumi.output('x'))}` }] }));
  });
  expect(problems).toContainEqual(expect.objectContaining({ code: 'PULUMI_OUTPUT' }));
});

test('constructs that ask for an order get it', async () => {
  const { made } = await attempt((environment) => {
    const first = new ApiObject(environment, 'First', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'first', namespace: 'shop' } });
    const second = new ApiObject(environment, 'Second', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'second', namespace: 'shop' } });
    first.addDependency(second);
  });
  expect(made.find(({ name }) => name === 'ConfigMap/shop/first')?.dependencies).toEqual(['ConfigMap/shop/second']);
});

test('a Secret of the stack is made before the workload that names it', async () => {
  const { made } = await attempt((environment) => {
    new ApiObject(environment, 'Deployment', deployment({ envFrom: [{ secretRef: { name: 'db' } }] }));
  }, { secrets: [{ namespace: 'shop', name: 'db', values: pulumi.secret({ password: 'hunter2' }) }] });
  expect(made.find(({ name }) => name === 'apps/Deployment/shop/web')?.dependencies).toEqual(['Secret/shop/db']);
});

test('a certificate and its key may come with the deployment: no manifest has them', async () => {
  const values = pulumi.secret({ 'tls.crt': 'cert', 'tls.key': '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n' });
  const warn = jest.spyOn(pulumi.log, 'warn');
  const { made, problems } = await attempt((environment) => {
    new ApiObject(environment, 'Deployment', deployment({ envFrom: [{ secretRef: { name: 'web-tls' } }] }));
  }, { secrets: [{ namespace: 'shop', name: 'web-tls', type: 'kubernetes.io/tls', values }] });
  expect(made.find(({ name }) => name === 'Secret/shop/web-tls')).toMatchObject({ secretInputs: ['stringData'] });
  expect(problems).toEqual([]);
  expect(JSON.stringify(warn.mock.calls.map(([message]) => message))).not.toContain('SEC001');
  warn.mockRestore();
});

describe('the outputs say how to call each service', () => {
  const withAddress: Answer = (type, _name, inputs) => (
    type === 'kubernetes:core/v1:Service' || type.endsWith(':Ingress') ? { ...inputs, status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } } } : inputs
  );
  async function callsOn(name: string, answer?: Answer) {
    const definition = environments.find((each) => each.name === name);
    if (!definition) throw new Error(name);
    const { result } = await record(() => {
      const { services } = deploy(definition, { provider: provider() });
      return new Promise<readonly { readonly service: string; readonly address: string; readonly curl: string }[]>((resolve) => void services.apply(resolve));
    }, answer);
    return new Map(result.map((call) => [call.service, call]));
  }

  test('on node ports: localhost', async () => {
    expect((await callsOn('kind-nodeport')).get('nginx-service')).toMatchObject({ address: 'http://localhost:30001/', curl: 'curl http://localhost:30001/' });
  });

  test('on load balancers: the address that it got', async () => {
    expect((await callsOn('gke-loadbalancer', withAddress)).get('blue-service')).toMatchObject({ address: 'http://203.0.113.7/', curl: 'curl http://203.0.113.7/' });
  });

  test('behind a front: the host, and the address to resolve it to', async () => {
    for (const name of ['gke-ingress-traefik', 'gke-ingress']) {
      expect((await callsOn(name, withAddress)).get('blue-service')?.curl).toMatch(/^curl --resolve shop\.example\.com:\d+:203\.0\.113\.7 https?:\/\/shop\.example\.com\/blue$/);
    }
  });

  test('behind a Gateway of GKE: how to look its address up', async () => {
    expect((await callsOn('gke-gateway', withAddress)).get('blue-service')?.curl).toBe(
      "curl --resolve shop.example.com:443:$(kubectl -n shop get gateway shop -o jsonpath='{.status.addresses[0].value}') https://shop.example.com/blue",
    );
  });

  test('a Gateway comes after its class and before its routes, and goes after them', async () => {
    for (const name of ['kind-gateway', 'gke-gateway']) {
      const definition = environments.find((each) => each.name === name);
      if (!definition) throw new Error(name);
      const { objects, environment } = buildEnvironments([definition], () => new App()).environments[0] ?? (() => { throw new Error(name); })();
      const planned = plan(objects, environment.platform);
      const placeOf = (kind: string) => planned.flatMap(({ type }, place) => (type.endsWith(`:${kind}`) ? [place] : []));
      const gateway = planned.find(({ type }) => type === 'kubernetes:gateway.networking.k8s.io/v1:Gateway');
      expect(placeOf('HTTPRoute').length).toBeGreaterThanOrEqual(3);
      expect(Math.min(...placeOf('HTTPRoute'))).toBeGreaterThan(Math.max(...placeOf('Gateway'), ...placeOf('GatewayClass')));
      for (const { type, dependsOn } of planned) if (type.endsWith(':HTTPRoute')) expect(dependsOn).toContain(gateway?.name);
    }
  });

  test('without an address yet: how to look it up', async () => {
    expect((await callsOn('gke-loadbalancer')).get('blue-service')?.curl).toMatch(/^curl http:\/\/\$\(kubectl .* get service blue-service /);
  });
});
