import { ladder } from './memory-terminal';

describe('diff', () => {
  test('a step up the ladder, object by object', async () => {
    const { code, out, err } = await ladder(['diff', 'kind-clusterip', 'kind-nodeport']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('~ Service shop/nginx-service\n    spec.ports[http].nodePort: + 30001\n    spec.type: "ClusterIP" → "NodePort"\n');
    expect(out).not.toContain('Deployment');
  });

  test('in the other direction', async () => {
    expect((await ladder(['diff', 'kind-nodeport', 'kind-clusterip'])).out).toContain('    spec.ports[http].nodePort: - 30001\n    spec.type: "NodePort" → "ClusterIP"\n');
  });

  test('objects that come', async () => {
    expect((await ladder(['diff', 'kind-clusterip', 'kind-ingress'])).out).toMatch(/^\+ Ingress shop\/shop$/m);
  });

  test('--json', async () => {
    const { out } = await ladder(['diff', 'kind-clusterip', 'kind-nodeport', '--json']);
    const { from, to, changes } = JSON.parse(out) as { from: string; to: string; changes: { kind: string; name: string }[] };
    expect({ from, to }).toEqual({ from: 'kind-clusterip', to: 'kind-nodeport' });
    expect(changes).toContainEqual({
      type: 'changed', apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'nginx-service',
      fields: [{ path: 'spec.ports[http].nodePort', to: 30001 }, { path: 'spec.type', from: 'ClusterIP', to: 'NodePort' }],
    });
  });

  test('an environment and itself', async () => {
    expect(await ladder(['diff', 'gke-ingress', 'gke-ingress'])).toEqual({ code: 0, out: 'gke-ingress and gke-ingress have the same objects.\n', err: '' });
  });

  test.each([[['kind-clusterip'], 'missing required argument'], [['kind-clusterip', 'kind-ingres'], 'Did you mean kind-ingress?']])('%j is refused', async (args, message) => {
    expect(await ladder(['diff', ...args])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) as string });
  });
});
