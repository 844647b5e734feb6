import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { GATEWAY_API_RELEASE } from '../../../src/model/gateway-api';

/** The CRDs of the standard channel, as standard-install.yaml has them: from the Go module of the release. */
export function installGatewayApi(): void {
  // Outside of any module, so that the download is not checked against one.
  const found = execFileSync('go', ['mod', 'download', '-json', `sigs.k8s.io/gateway-api@${GATEWAY_API_RELEASE}`], { encoding: 'utf8', cwd: '/', env: { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=mod' } });
  const { Dir: folder } = JSON.parse(found) as { readonly Dir: string };
  execFileSync('kubectl', ['apply', '--server-side', '-f', join(folder, 'config/crd/standard')], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('kubectl', ['wait', '--for=condition=Established', '--timeout=60s', 'crd/gateways.gateway.networking.k8s.io', 'crd/httproutes.gateway.networking.k8s.io'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
