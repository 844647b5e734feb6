import fs from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../src/apps/environments';
import { scratchFolder } from '../render/disk';
import { ladder } from './memory-terminal';

const root = scratchFolder();
let cwd: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(join(root, 'case-'));
});

describe('start', () => {
  test('renders everything and says for each service what to type, then where the files are', async () => {
    const { code, out, err } = await ladder(['start'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name } of environments) {
      expect(out).toMatch(new RegExp(`^${name}$`, 'm'));
      expect(fs.existsSync(join(cwd, 'deploy', name, 'kustomization.yaml'))).toBe(true);
    }
    expect(out).toMatch(/^ {2}nginx-service +NodePort +http:\/\/localhost:30001\/ +curl http:\/\/localhost:30001\/$/m);
    expect(out).toContain('The files are in deploy/');
    expect(out).toContain('  kind create cluster --config deploy/kind-clusterip/kind-cluster.yaml\n  kubectl --context kind-kind apply -k deploy/kind-clusterip\n');
    expect(fs.existsSync(join(cwd, 'deploy/kind-clusterip/kind-cluster.yaml'))).toBe(true);
  });

  test('--json gives the same calls', async () => {
    const { out } = await ladder(['start', '--json', '--out', 'here'], { cwd });
    const { out: folder, calls } = JSON.parse(out) as { out: string; calls: object[] };
    expect(folder).toBe(join(cwd, 'here'));
    expect(calls).toContainEqual({ environment: 'kind-nodeport', service: 'nginx-service', rung: 'NodePort', address: 'http://localhost:30001/', curl: 'curl http://localhost:30001/' });
    expect(new Set(calls.map((call) => (call as { environment: string }).environment))).toEqual(new Set(environments.map(({ name }) => name)));
  });
});
