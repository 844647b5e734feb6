import fc from 'fast-check';
import { Exposure } from '../../src/constructs/services/exposure';
import { ExternalService } from '../../src/constructs/services/external-service';
import { ingressNginx } from '../../src/constructs/fronts/ingress-nginx';
import { Microservice } from '../../src/constructs/services/microservice';
import type { AppNamespace } from '../../src/constructs/namespace';
import { Site } from '../../src/constructs/site/site';
import { disagreements } from './agree/compare';
import { externalServiceProps, microserviceProps, siteProps } from './agree/props';
import { NAMESPACE, ours, theirs } from './agree/verdicts';
import { Api } from './cluster/api';
import { namespacesGone } from './cluster/wait';
import { cases } from './cases';

let api: Api;

beforeAll(async () => {
  api = new Api();
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
});
afterAll(async () => {
  await namespacesGone(api, [NAMESPACE]);
  api.close();
});

/** Whatever we accept the API server accepts, and what it refuses we refuse for the same field. */
async function agrees(build: (namespace: AppNamespace) => void): Promise<void> {
  const said = ours(build);
  expect(disagreements(said, await theirs(api, said.objects))).toEqual([]);
}

it('agrees with the API server about any Microservice', async () => {
  await fc.assert(fc.asyncProperty(microserviceProps, (props) => agrees((namespace) => new Microservice(namespace, 'blue', props))), cases(1400));
});

it('agrees with the API server about any ExternalService', async () => {
  await fc.assert(fc.asyncProperty(externalServiceProps, (props) => agrees((namespace) => new ExternalService(namespace, 'database', props))), cases(300));
});

it('agrees with the API server about any Site', async () => {
  await fc.assert(fc.asyncProperty(siteProps, ({ siteName, tlsSecretName, annotations, ...route }) => agrees((namespace) => {
    const site = new Site(namespace, 'site', {
      front: ingressNginx(), host: 'shop.example.com',
      ...(siteName !== undefined && { name: siteName }), ...(tlsSecretName !== undefined && { tlsSecretName }), ...(annotations !== undefined && { annotations }),
    });
    new Microservice(namespace, 'blue', { image: 'nginx:1', port: 80, exposure: Exposure.ingress({ site, ...route }) });
  })), cases(300));
});
