import type { KubeObject } from '../../src/manifest/object';
import { explain, parseRequest, type Trace } from '../../src/explain';
import { Api } from './cluster/api';
import { type Received, send } from './cluster/client';
import { type Ground, ground as groundOf } from './cluster/ground';
import { RESTRICTED_CONTAINER, STAND_IN } from './cluster/pod-of';
import { pod } from './cluster/place';
import { namespacesGone, podsOf, until } from './cluster/wait';
import { dump, worldOf } from './topology/dump';

const NAMESPACE = 'broken';

let api: Api;
let ground: Ground;

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, [NAMESPACE]);
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  const objects = [...serving('caller', {}), ...serving('healthy', {}), ...serving('not-ready', { readiness: '/status/503' }), ...serving('crashing', { env: [{ name: 'PORTS', value: '-1' }] }), ...serving('selector-off', { selects: 'selector-of' }), ...serving('no-image', { image: 'ladder.test/nobody-made-this:1' })];
  for (const object of objects) await api.apply(object);
  await until('healthy and broken are what they are', async () => {
    const ready = await Promise.all(['caller', 'healthy', 'selector-off'].map(async (name) => (await podsOf(api, NAMESPACE, name)).every((each) => each.ready)));
    const [crashing] = await api.list('v1', 'Pod', NAMESPACE, 'app.kubernetes.io/name=crashing');
    return ready.every(Boolean) && JSON.stringify(crashing?.status).includes('CrashLoopBackOff');
  });
});
afterAll(async () => {
  if (!api) return;
  await namespacesGone(api, [NAMESPACE]);
  api.close();
});

it.each([
  ['healthy', 'ok', null, /./],
  ['not-ready', 'broken', 'refused', /not ready/],
  ['crashing', 'broken', 'refused', /CrashLoopBackOff|restart|not ready/i],
  ['selector-off', 'broken', 'refused', /selector-of/],
  ['no-image', 'broken', 'refused', /image|not ready/i],
] as const)('says of the live Service %s that it is %s (%s), as it is, and why', async (service, verdict, symptom, why) => {
  const { trace, received } = await traced(`http://${service}/`);
  expect({ verdict: trace.verdict, symptom: trace.symptom }).toEqual({ verdict, symptom });
  expect(received.symptom ?? null).toBe(symptom);
  expect(JSON.stringify([trace.hops, trace.findings])).toMatch(why);
});

async function traced(url: string): Promise<{ readonly trace: Trace; readonly received: Received }> {
  const [caller] = await podsOf(api, NAMESPACE, 'caller');
  const name = caller?.name ?? '';
  const world = worldOf(await dump(api));
  const [received] = await send(ground, pod(NAMESPACE, name), [{ url }]);
  return { trace: explain(world, parseRequest(url, { from: `pod:${NAMESPACE}/${name}` })), received: received ?? {} };
}

interface Broken {
  readonly readiness?: string;
  readonly env?: readonly object[];
  readonly selects?: string;
  readonly image?: string;
}

/** A Deployment and its Service, with one thing wrong. */
function serving(name: string, { readiness = '/', env, selects = name, image = STAND_IN }: Broken): readonly KubeObject[] {
  const labels = { 'app.kubernetes.io/name': name };
  return [
    {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: NAMESPACE },
      spec: {
        replicas: 1, selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 1,
            containers: [{
              name, image, imagePullPolicy: 'IfNotPresent', securityContext: RESTRICTED_CONTAINER, ports: [{ name: 'http', containerPort: 8080 }], ...(env && { env }),
              readinessProbe: { httpGet: { path: readiness, port: 'http' }, periodSeconds: 2 },
            }],
          },
        },
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: NAMESPACE }, spec: { selector: { 'app.kubernetes.io/name': selects }, ports: [{ port: 80, targetPort: 'http' }] } },
  ];
}
