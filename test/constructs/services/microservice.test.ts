import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Microservice } from '../../../src/constructs/services/microservice';
import { collect } from '../../../src/render/collect';
import { built, builtAlone, find, specOf } from '../built';
import { IMAGE } from '../pods';

const selector = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };
const web = (options: Partial<ConstructorParameters<typeof Microservice>[2]> = {}) => (
  built((shop) => new Microservice(shop, 'web', { image: IMAGE, port: { containerPort: 8080, port: 80 }, ...options }))
);

describe('a microservice', () => {
  test('is a Deployment, a Service, a disruption budget and a policy, all of its name', () => {
    const made = web();
    expect(made.problems).toEqual([]);
    expect(made.objects.filter(({ metadata }) => metadata.name === 'web').map(({ kind, metadata }) => [kind, metadata.namespace, metadata.labels])).toEqual(
      ['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'].map((kind) => [kind, 'shop', selector]),
    );
  });

  test('rolls out without losing a request', () => {
    expect(specOf(web(), 'Deployment', 'web')).toMatchObject({
      replicas: 2, revisionHistoryLimit: 3, selector: { matchLabels: selector }, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  test('is evicted one Pod at a time, and never held up by one that does not work', () => {
    expect(specOf(web(), 'PodDisruptionBudget', 'web')).toEqual({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selector } });
  });

  test('has another name when one is given, everywhere', () => {
    const made = web({ name: 'front' });
    expect(made.objects.map(({ metadata }) => metadata.name)).not.toContain('web');
    expect(specOf(made, 'Service', 'front')).toMatchObject({ selector: { 'app.kubernetes.io/name': 'front', 'app.kubernetes.io/instance': 'front' } });
    expect(specOf(made, 'Deployment', 'front')).toMatchObject({ template: { spec: { containers: [{ name: 'front' }] } } });
  });

  test('has the instance in its selector and the version in its labels only', () => {
    const made = web({ instance: 'blue', version: '2.0' });
    const labels = { ...selector, 'app.kubernetes.io/instance': 'blue' };
    expect(specOf(made, 'Service', 'web').selector).toEqual(labels);
    expect(specOf(made, 'Deployment', 'web')).toMatchObject({ selector: { matchLabels: labels } });
    expect(find(made, 'Deployment', 'web').metadata.labels).toEqual({ ...labels, 'app.kubernetes.io/version': '2.0' });
    expect(find(made, 'Service', 'web').metadata.labels).toEqual({ ...labels, 'app.kubernetes.io/version': '2.0' });
  });
});

describe('replicas', () => {
  test.each([0, 1, 5])('%s', (replicas) => {
    const made = web({ replicas });
    expect(made.problems).toEqual([]);
    expect(specOf(made, 'Deployment', 'web').replicas).toBe(replicas);
    expect(made.objects.map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
  });

  test.each([[undefined, 70], [50, 50]])('between two bounds at %s %% CPU: then the Deployment says no number', (targetCpuPercent, averageUtilization) => {
    const made = web({ replicas: { minReplicas: 2, maxReplicas: 10, ...(targetCpuPercent !== undefined && { targetCpuPercent }) } });
    expect(specOf(made, 'Deployment', 'web')).not.toHaveProperty('replicas');
    expect(find(made, 'HorizontalPodAutoscaler', 'web').apiVersion).toBe('autoscaling/v2');
    expect(specOf(made, 'HorizontalPodAutoscaler', 'web')).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }],
    });
  });
});

describe('alone, in a chart of somebody else', () => {
  test('works without an environment and without a namespace', () => {
    const made = builtAlone((chart) => new Microservice(chart, 'web', { image: IMAGE, port: 8080 }));
    expect(made.problems).toEqual([]);
    expect(made.objects.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual(
      ['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'].map((kind) => [kind, 'web', undefined]),
    );
  });

  test("takes the chart's namespace", () => {
    const made = builtAlone((chart) => {
      new Microservice(chart, 'web', { image: IMAGE, port: 8080, calls: ['api'] });
      new Microservice(chart, 'api', { image: IMAGE, port: 8080 });
    }, 'team');
    expect(made.problems).toEqual([]);
    expect(new Set(made.objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['team']));
    expect(specOf(made, 'NetworkPolicy', 'api').ingress).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'team' } }, podSelector: { matchLabels: selector } }], ports: [{ protocol: 'TCP', port: 8080 }],
    }]);
  });

  test("fails cdk8s' own synth with the problem, its place and its fix", () => {
    const app = new App();
    new Microservice(new Chart(app, 'chart'), 'web', { image: IMAGE, port: 0 });
    expect(() => app.synth()).toThrow(/chart\/web port\.containerPort: PORT_RANGE \(0\).*\n\s+fix: /);
  });
});

test('renaming the chart, or one more Construct around, changes no byte of the objects', () => {
  const render = (chartId: string, deep: boolean) => {
    const app = new App();
    const chart = new Chart(app, chartId, { namespace: 'shop' });
    new Microservice(deep ? new Construct(new Construct(chart, 'a'), 'b') : chart, 'web', { image: IMAGE, port: 8080, callers: [{ podLabels: { a: 'b' } }] });
    return collect(app).objects.map(({ object }) => object);
  };
  expect(render('one', false)).toHaveLength(4);
  expect(render('another', false)).toEqual(render('one', false));
  expect(render('one', true)).toEqual(render('one', false));
});
