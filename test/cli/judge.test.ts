import { App } from 'cdk8s';
import { judge } from '../../src/cli/judge';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { ingressNginx } from '../../src/constructs/fronts/ingress-nginx';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { kind } from '../../src/platforms/kind';
import { clusterProfile } from '../../src/pulumi/cluster-profile';
import { buildEnvironments } from '../../src/render/environments';
import { layOut } from '../../src/render/layout';

/** A site of an ingress-nginx that is there already, and of a Traefik that comes. */
const moving = { name: 'moving', description: 'both are live', build: (app: App): Environment => {
  const environment = new Environment(app, 'moving', { platform: kind({ cloudProviderKind: true }) });
  const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer() });
  const shop = new AppNamespace(environment, 'shop');
  const site = new Site(shop, 'shop', { front: [ingressNginx(), traefik.gateway], host: 'shop.example.com' });
  new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, exposure: Exposure.ingress({ site }) });
  return environment;
} };

test('a controller that a site relies on and nothing here installs is taken to be there', async () => {
  const { environments } = buildEnvironments([moving], () => new App());
  const { findings } = await judge(environments, new Map(environments.map(({ name, objects }) => [name, layOut(objects)])), 'deploy');
  expect(findings.map(({ id }) => id)).toEqual([]);
  expect(environments.map(({ environment }) => clusterProfile(environment).controllers)).toEqual([['ingress-nginx']]);
});
