import fs from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../src/apps/environments';
import { GATEWAY_API_CRDS } from '../../src/model/gateway-api';
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

  test('behind a Gateway on kind the CRDs are installed before, and the Secret that a site names is made after', async () => {
    const next = async (host: string, ofGate = false) => {
      fs.writeFileSync(join(cwd, `${host}.js`), `
const { AppNamespace, Environment, Exposure, kind, Microservice, SharedGateway, Site, Traefik } = require(${JSON.stringify(join(__dirname, '../../src/index'))});
const build = (host) => (app) => {
  const laptop = new Environment(app, 'laptop', { platform: kind({ clusterName: 'dev' }) });
  const nodePorts = { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } };
  const traefik = new Traefik(laptop, 'traefik', { exposure: Exposure.nodePort({ nodePorts }) }).gateway;
  const shop = new AppNamespace(laptop, 'shop');
  const tls = { tlsSecretName: 'shop-tls' };
  const front = ${ofGate} ? new SharedGateway(shop, 'gate', { front: traefik, ...tls }) : traefik;
  new Site(shop, 'shop', { front, host, ...(!${ofGate} && tls) }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 }));
  return laptop;
};
exports.environments = [{ name: 'laptop', description: '', build: build('${host}') }];
`);
      const { out } = await ladder(['start', '--app', `${host}.js`], { cwd });
      return out.slice(out.indexOf('Run one:\n'));
    };
    const commands = `Run one:
  kind create cluster --config deploy/laptop/kind-cluster.yaml
  kubectl --context kind-dev apply --server-side -f ${GATEWAY_API_CRDS}
  kubectl --context kind-dev apply -k deploy/laptop
`;
    expect(await next('shop.localhost')).toBe(`${commands}  npx ladder certificate laptop --app shop.localhost.js --secret | kubectl --context kind-dev apply --server-side -f -\n`);
    expect(await next('shop.localhost', true)).toBe(await next('shop.localhost'));
    // For a name of the internet no development certificate is made.
    expect(await next('shop.example.com')).toBe(commands);
  });

  test('--json gives the same calls', async () => {
    const { out } = await ladder(['start', '--json', '--out', 'here'], { cwd });
    const { out: folder, calls } = JSON.parse(out) as { out: string; calls: object[] };
    expect(folder).toBe(join(cwd, 'here'));
    expect(calls).toContainEqual({ environment: 'kind-nodeport', service: 'nginx-service', rung: 'NodePort', address: 'http://localhost:30001/', curl: 'curl http://localhost:30001/' });
    expect(new Set(calls.map((call) => (call as { environment: string }).environment))).toEqual(new Set(environments.map(({ name }) => name)));
  });
});
