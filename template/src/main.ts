import { Probe } from 'cdk8s-plus-27';
import { AppNamespace, Environment, type EnvironmentDefinition, Exposure, kind, Microservice } from 'service-ladder';

/** What is rendered: a folder deploy/NAME for each. */
export const environments: readonly EnvironmentDefinition[] = [{
  name: 'laptop',
  description: 'a kind cluster on this machine',
  build: (app) => {
    const laptop = new Environment(app, 'laptop', { platform: kind({ clusterName: 'my-app', workers: 0 }) });
    const namespace = new AppNamespace(laptop, 'my-app');
    new Microservice(namespace, 'hello', {
      image: 'traefik/whoami:v1.11.0',
      args: ['--port=8080'],
      port: { containerPort: 8080, port: 80 },
      readiness: Probe.fromHttpGet('/health'),
      // Up to the top rung: Exposure.ingress({ site }), with site = new Site(namespace, 'site', { front: new Traefik(laptop, 'traefik', …), host }).
      exposure: Exposure.nodePort({ nodePort: 30001 }),
    });
    return laptop;
  },
}];
