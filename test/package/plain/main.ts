import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Exposure, Microservice } from 'service-ladder';
import { buildWorld, explain, parseRequest, readManifests } from 'service-ladder/explain';

const app = new App();
const chart = new Chart(app, 'mine', { namespace: 'mine', disableResourceNameHashes: true });

new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { colour: 'blue' } });
new kplus.Deployment(chart, 'old', { containers: [{ image: 'nginx:1.29', portNumber: 80 }] });
new Microservice(chart, 'greeter', {
  image: 'traefik/whoami:v1.11.0',
  args: ['--port=8080'],
  port: { containerPort: 8080, port: 80 },
  readiness: kplus.Probe.fromHttpGet('/health'),
  envVariables: { WHOAMI_NAME: kplus.EnvValue.fromValue('greeter') },
  exposure: Exposure.nodePort({ nodePort: 30001 }),
});

export const text: string = app.synthYaml();

const world = buildWorld(readManifests([{ file: 'synth', text }]));
export const verdict = explain(world, parseRequest('http://greeter.mine', { from: 'pod:mine/old' })).verdict;
