import { parse } from 'yaml';
import { ladder } from './memory-terminal';

interface Config {
  readonly kind: string;
  readonly nodes: readonly { readonly role: string; readonly extraPortMappings?: readonly { readonly containerPort: number; readonly hostPort: number; readonly listenAddress: string }[] }[];
}

describe('kind-config', () => {
  test('maps every pinned nodePort of the environment to the laptop alone, and says what to type', async () => {
    const { code, out, err } = await ladder(['kind-config', 'kind-nodeport']);
    expect(code).toBe(0);
    const mappings = (parse(out) as Config).nodes.flatMap(({ extraPortMappings }) => extraPortMappings ?? []);
    expect(mappings.map(({ containerPort, hostPort, listenAddress }) => [containerPort, hostPort, listenAddress])).toEqual([30000, 30001, 30002, 30003, 30080].map((port) => [port, port, '127.0.0.1']));
    expect(err).toContain('# kind create cluster --config kind.yaml\n');
    expect(err).toContain('# kind load docker-image hashicorp/http-echo:1.0.0 nginxinc/nginx-unprivileged:1.29-alpine python:3.13-alpine stefanprodan/podinfo:6.9.2 traefik/whoami:v1.11.0 --name kind\n');
  });

  test('says to install the CRDs of the Gateway API, where it is used', async () => {
    expect((await ladder(['kind-config', 'kind-gateway'])).err).toContain('# kubectl --context kind-kind apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml\n');
    expect((await ladder(['kind-config', 'kind-ingress'])).err).not.toContain('gateway-api');
  });

  test('as JSON it says the same', async () => {
    const [yaml, json] = [await ladder(['kind-config', 'kind-ingress']), await ladder(['kind-config', 'kind-ingress', '--json'])];
    expect(JSON.parse(json.out)).toEqual(parse(yaml.out));
  });

  test('an environment for another platform has none', async () => {
    expect(await ladder(['kind-config', 'gke-ingress'])).toEqual({ code: 2, out: '', err: 'gke-ingress is for gke; only an environment for kind has a kind cluster.\n' });
  });
});
