import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Environment } from '../../src/constructs/environment';
import { setLayer } from '../../src/constructs/layers';
import { validate } from '../../src/constructs/problems';
import { ProblemError } from '../../src/model/problem';
import { kind } from '../../src/platforms/kind';
import { collect, warningsOf } from '../../src/render/collect';
import { buildEnvironments } from '../../src/render/environments';

/** What `new pulumi.Output` looks like from outside: every property that it does not have is an Output again. */
function pulumiOutput(): unknown {
  class OutputImpl {
    readonly __pulumiOutput = true;
  }
  return new Proxy(new OutputImpl(), { get: (target, key) => (key in target ? (target as never)[key] : pulumiOutput()) });
}

function environmentWith(fill: (environment: Environment) => void): { app: App; environment: Environment } {
  const app = new App();
  const environment = new Environment(app, 'env', { platform: kind(), namespace: 'shop' });
  fill(environment);
  return { app, environment };
}

function configMap(scope: Construct, id: string, data: unknown, name = id): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
}

describe('collect', () => {
  test('sorts by layer, namespace, kind and name, whatever the order of making', () => {
    const { app } = environmentWith((environment) => {
      const object = (apiVersion: string, objectKind: string, name: string, namespace?: string) => (
        new ApiObject(environment, `${objectKind}-${namespace}-${name}`, { apiVersion, kind: objectKind, metadata: { name, namespace } })
      );
      object('networking.k8s.io/v1', 'Ingress', 'site');
      object('v1', 'Service', 'b');
      object('v1', 'Service', 'a-b');
      object('v1', 'Service', 'a');
      object('v1', 'Service', 'z', 'another');
      object('apps/v1', 'Deployment', 'b');
      const controller = new Construct(environment, 'controller');
      setLayer(controller, 'controllers');
      new ApiObject(controller, 'Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'traefik' } });
      object('v1', 'Namespace', 'shop');
    });
    expect(collect(app).objects.map(({ layer, object }) => `${layer} ${object.metadata.namespace} ${object.kind} ${object.metadata.name}`)).toEqual([
      'foundation shop Namespace shop',
      'controllers shop Deployment traefik',
      'workloads another Service z',
      'workloads shop Deployment b',
      'workloads shop Service a',
      'workloads shop Service a-b',
      'workloads shop Service b',
      'routes shop Ingress site',
    ]);
  });

  test('asks each rule once, and says warnings and errors together', () => {
    let asked = 0;
    const { app } = environmentWith((environment) => {
      validate(environment, () => {
        asked++;
        return [{ code: 'A', severity: 'warning', field: 'x', rule: 'a.', fix: 'b.' }, { code: 'B', severity: 'error', field: '', rule: 'a.', fix: 'b.' }];
      });
      environment.node.addValidation({ validate: () => ['from another library'] });
    });
    expect(collect(app).problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['A env x', 'B env', 'CONSTRUCT env']);
    expect(asked).toBe(1);
  });

  test('resolves lazy values and applies patches, as cdk8s does', () => {
    const { app } = environmentWith((environment) => {
      configMap(environment, 'a', { lazy: Lazy.any({ produce: () => 'value' }) }).addJsonPatch(JsonPatch.add('/data/patched', 'yes'));
    });
    const { objects, problems } = collect(app);
    expect(problems).toEqual([]);
    expect(objects[0]?.object['data']).toEqual({ lazy: 'value', patched: 'yes' });
  });
});

describe('what cannot be written is named with its construct and field', () => {
  test.each<[string, unknown, string, string]>([
    ['a live Pulumi Output', { nested: [{ host: pulumiOutput() }] }, 'PULUMI_OUTPUT', 'env/bad data.nested[0].host'],
    ['a live Pulumi Output behind a Lazy', { host: Lazy.any({ produce: () => ({ inner: pulumiOutput() }) }) }, 'PULUMI_OUTPUT', 'env/bad data.host.inner'],
    ['a date', { when: new Date(0) }, 'VALUE_UNWRITABLE', 'env/bad data.when'],
    ['a promise', { when: Promise.resolve(1) }, 'VALUE_UNWRITABLE', 'env/bad data.when'],
    ['a Map', new Map([['a', 'b']]), 'VALUE_UNWRITABLE', 'env/bad data'],
    ['an error inside a Lazy', { when: Lazy.any({ produce: () => { throw new Error('not yet'); } }) }, 'VALUE_UNWRITABLE', 'env/bad data.when'],
    ['an unresolved text', { host: '${Token[TOKEN.7]}' }, 'TOKEN_UNRESOLVED', 'env/bad data.host'],
  ])('%s', (_, data, code, path) => {
    const { app } = environmentWith((environment) => {
      configMap(environment, 'bad', data);
      configMap(environment, 'good', { fine: 'yes' });
    });
    const { objects, problems } = collect(app);
    expect(problems).toEqual([expect.objectContaining({ code, path, severity: 'error' })]);
    expect(objects.map(({ object }) => object.metadata.name)).toContain('good');
  });
});

describe("rules over finished objects also fail cdk8s' own synth", () => {
  test.each<[string, (environment: Environment) => void, string]>([
    ['two objects of one name in two charts', (environment) => {
      configMap(environment, 'one', {}, 'same');
      configMap(new Chart(environment, 'inner', { namespace: 'shop' }), 'two', {}, 'same');
    }, 'OBJECT_TWICE'],
    ['a nodePort taken twice, by plain ApiObjects', (environment) => {
      for (const name of ['a', 'b']) {
        new ApiObject(environment, name, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80, nodePort: 30001 }] } });
      }
    }, 'NODE_PORT_TAKEN'],
    ['a live Pulumi Output', (environment) => configMap(environment, 'a', { host: pulumiOutput() }), 'PULUMI_OUTPUT'],
    ['an unresolved text', (environment) => configMap(environment, 'a', { host: '[object Object]' }), 'TOKEN_UNRESOLVED'],
  ])('%s', (_, fill, code) => {
    const { app, environment } = environmentWith(fill);
    expect(() => app.synthYaml()).toThrow(code);
    expect(() => environment.toJson()).toThrow(code);
    expect(collect(app).problems.map((problem) => problem.code)).toEqual([code]);
  });

  test('the same name and nodePort in two environments is fine: they are two clusters', () => {
    const app = new App();
    for (const name of ['one', 'two']) {
      const environment = new Environment(app, name, { platform: kind() });
      new ApiObject(environment, 'a', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80, nodePort: 30001 }] } });
    }
    expect(() => app.synthYaml()).not.toThrow();
  });
});

describe('buildEnvironments', () => {
  const definition = (name: string, fill: (environment: Environment) => void) => ({
    name, description: name, build: (app: App) => {
      const environment = new Environment(app, name, { platform: kind() });
      fill(environment);
      return environment;
    },
  });
  const newApp = () => new App();

  test('raises the errors of all environments at once, also of those that throw', () => {
    const definitions = [
      definition('one', (environment) => configMap(environment, 'a', { x: '[object Object]' })),
      definition('two', () => { throw new Error('no such image'); }),
      definition('three', () => { throw new ProblemError([{ code: 'MINE', severity: 'error', path: 'three', rule: 'r', fix: 'f' }]); }),
      definition('four', (environment) => configMap(environment, 'a', { x: 'fine' })),
    ];
    const raised = (() => {
      try {
        return buildEnvironments(definitions, newApp);
      } catch (error) {
        return error;
      }
    })();
    expect(raised).toBeInstanceOf(ProblemError);
    expect((raised as ProblemError).problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['TOKEN_UNRESOLVED one/a data.x', 'BUILD_FAILED two', 'MINE three']);
    expect((raised as ProblemError).message).toContain('no such image');
  });

  test('returns the warnings', () => {
    const warning = { code: 'W', severity: 'warning' as const, field: 'x', rule: 'r', fix: 'f' };
    const { environments, warnings } = buildEnvironments([definition('one', (environment) => validate(environment, () => [warning]))], newApp);
    expect(environments.map(({ name }) => name)).toEqual(['one']);
    expect(warnings).toEqual([{ code: 'W', severity: 'warning', path: 'one x', rule: 'r', fix: 'f' }]);
    expect(() => warningsOf([...warnings, { ...warnings[0]!, severity: 'error' }])).toThrow(ProblemError);
  });
});
