import { gke } from '../../src/platforms/gke';
import { kind } from '../../src/platforms/kind';

describe('kind', () => {
  test('makes no load balancers by itself, and says why and what to do', () => {
    const { loadBalancer } = kind();
    expect(loadBalancer).toMatchObject({ provided: false });
    if (loadBalancer.provided) return;
    expect(loadBalancer.why).toContain('<pending>');
    for (const way of ['Exposure.nodePort', 'Exposure.ingress', 'cloudProviderKind: true']) expect(loadBalancer.fix).toContain(way);
  });

  test('makes them with cloud-provider-kind', () => expect(kind({ cloudProviderKind: true }).loadBalancer).toEqual({ provided: true, by: 'cloud-provider-kind' }));

  test.each([[undefined, 2], [0, 1], [1, 1], [3, 3]])('with %s workers runs workloads on %s nodes', (workers, nodes) => {
    expect(kind({ ...(workers !== undefined && { workers }) }).nodes).toBe(nodes);
  });

  test("has no GKE Ingress, and is never Autopilot", () => {
    expect(kind().fronts).toEqual(['traefik', 'ingress-nginx']);
    expect(kind().autopilot).toBe(false);
  });
});

describe('GKE', () => {
  test('makes load balancers and has every front', () => expect(gke()).toMatchObject({ loadBalancer: { provided: true, by: 'gke' }, fronts: ['gke', 'traefik', 'ingress-nginx'], nodes: 3, autopilot: false }));
  test('may be Autopilot', () => expect(gke({ autopilot: true, clusterName: 'a', nodes: 1 })).toMatchObject({ autopilot: true, clusterName: 'a', nodes: 1 }));
});

describe('options', () => {
  test.each([
    [kind(), []], [kind({ workers: 0 }), []], [kind({ workers: -1 }), ['NODES']], [kind({ workers: 1.5 }), ['NODES']], [kind({ workers: NaN }), ['NODES']],
    [kind({ clusterName: 'a b' }), ['NAME_RFC1123']], [kind({ clusterName: '', workers: -1 }), ['NAME_RFC1123', 'NODES']],
    [gke(), []], [gke({ nodes: 1 }), []], [gke({ nodes: 0 }), ['NODES']],
  ])('%#', (platform, codes) => expect(platform.complaints.map(({ code }) => code)).toEqual(codes));
});
