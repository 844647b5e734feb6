// Prints one kind cluster config for all kind environments of the example, so that the suite can move between them: the built
// package's own function, over the ports of all of them.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { App } = require('cdk8s');
const { environments } = require('../../dist/apps/environments.js');
const { microservicesOf } = require('../../dist/constructs/services-of.js');
const { kindClusterConfig } = require('../../dist/platforms/kind-config.js');
const { toYaml } = require('../../dist/manifest/write.js');

const onKind = environments.map(({ build }) => build(new App())).filter(({ platform }) => platform.type === 'kind');
// Several environments have the same front on the same ports.
const ports = [...new Map(onKind.flatMap((environment) => microservicesOf(environment).flatMap((service) => service.ports))
  .map((port) => [`${port.nodePort} ${port.hostPort}`, port])).values()];
process.stdout.write(toYaml(kindClusterConfig(onKind[0].platform, ports)));
