import { parseProfile } from '../../src/explain';

describe('profiles', () => {
  it('reads what manifests cannot state', () => {
    expect(parseProfile('platform: kind\nnodes: [{name: n1, address: 172.18.0.2, portMappings: [{containerPort: 30001, hostPort: 8080}]}]\nloadBalancer: false\ncontrollers: [traefik]\nenforcesPolicies: false\nproxyMode: nftables\nwholeCluster: true\nnodePortRange: 30000-31000\n')).toEqual({
      platform: 'kind', nodes: [{ name: 'n1', addresses: ['172.18.0.2'], labels: {}, controlPlane: false, portMappings: [{ containerPort: 30001, hostPort: 8080, protocol: 'TCP', listenAddress: '0.0.0.0' }] }],
      loadBalancer: false, controllers: ['traefik'], enforcesPolicies: false, proxyMode: 'nftables', wholeCluster: true, nodePortRange: [30000, 31000],
    });
  });

  it('takes a kind cluster config, with the names that kind gives nodes', () => {
    const profile = parseProfile('kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nname: lab\nnetworking: {kubeProxyMode: nftables}\nnodes:\n- role: control-plane\n- role: worker\n- role: worker\n  extraPortMappings: [{containerPort: 30001, hostPort: 30001, protocol: udp}]\n');
    expect(profile).toMatchObject({ platform: 'kind', proxyMode: 'nftables' });
    expect(profile.nodes?.map(({ name, controlPlane }) => [name, controlPlane])).toEqual([['lab-control-plane', true], ['lab-worker', false], ['lab-worker2', false]]);
    expect(profile.nodes?.[2]?.portMappings).toEqual([{ containerPort: 30001, hostPort: 30001, protocol: 'UDP', listenAddress: '0.0.0.0' }]);
  });

  it.each([
    ['platform: moon', /platform.*kind, gke/s], ['nods: []', /no such field/], ['nodes: 3', /nodes is a list/], ['nodes: [{}]', /A node has a name/],
    ['nodePortRange: 1', /first and a last port/], ['wholeCluster: maybe', /true or false/], ['[1, 2]', /mapping/], ['a: b: c', /profile.yaml:1/],
    ['loadBalancer: true', /name of what provides one/], ['platform: moon\nproxyMode: x', /2 problems/],
  ])('%s is refused', (yaml, message) => {
    expect(() => parseProfile(yaml, 'profile.yaml')).toThrow(message);
  });
});
