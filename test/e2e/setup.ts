import { buildStandIn } from './cluster/build';
import { installGatewayApi } from './cluster/gateway-api';
import { ground as groundOf } from './cluster/ground';
import { STAND_IN } from './cluster/pod-of';
import { imagesToStandIn } from './cluster/shop';

/** Brings in the CRDs of the Gateway API, and what the nodes cannot pull. Without a cluster the tests themselves say what is missing. */
async function prepare(): Promise<void> {
  if (!process.env.KUBECONFIG) return;
  const ground = groundOf();
  buildStandIn();
  installGatewayApi();
  for (const { image, ports, command } of imagesToStandIn()) {
    if (image.startsWith('traefik:')) ground.loadTraefik(image);
    else ground.loadStandIn({ image, ports, paths: command[0] === undefined ? [] : [command[0].replace(/^\.?\/?/, '/')], curl: image.startsWith('stefanprodan/podinfo:') });
  }
  ground.loadStandIn({ image: STAND_IN, ports: [8080], paths: [] });
}

export = prepare;
