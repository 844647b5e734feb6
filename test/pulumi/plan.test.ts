import { ApiObject, App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { environments } from '../../src/apps/environments';
import type { Environment } from '../../src/constructs/environment';
import type { KubeObject } from '../../src/manifest/object';
import type { Layer } from '../../src/model/layer';
import type { Platform } from '../../src/model/platform';
import { type Problem, ProblemError } from '../../src/model/problem';
import { gke } from '../../src/platforms/gke';
import { kind } from '../../src/platforms/kind';
import { SKIP_AWAIT } from '../../src/pulumi/await';
import { nameOf } from '../../src/pulumi/logical-name';
import { plan, type PlannedResource } from '../../src/pulumi/plan';
import { resourceType } from '../../src/pulumi/resource-type';
import { buildEnvironments } from '../../src/render/environments';
import type { LayeredObject } from '../../src/render/collect';
import { declaredOrders } from '../../src/render/orders';

function object(apiVersion: string, kindName: string, name: string, rest: Partial<KubeObject> = {}): KubeObject {
  return { apiVersion, kind: kindName, ...rest, metadata: { name, namespace: 'shop', ...rest.metadata } };
}

function planned(objects: readonly (KubeObject | LayeredObject)[], platform: Platform = kind()): ReadonlyMap<string, PlannedResource> {
  const layered = objects.map((each) => ('layer' in each ? each as LayeredObject : { layer: 'workloads' as Layer, object: each as KubeObject }));
  return new Map(plan(layered, platform).map((each) => [each.name, each]));
}

function problemsIn(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}

function built(name: string): { readonly environment: Environment; readonly objects: readonly LayeredObject[] } {
  const [found] = buildEnvironments(environments.filter((each) => each.name === name), () => new App()).environments;
  if (!found) throw new Error(name);
  return found;
}

const shopNamespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('types', () => {
  test.each([
    ['v1', 'Service', 'kubernetes:core/v1:Service'],
    ['apps/v1', 'Deployment', 'kubernetes:apps/v1:Deployment'],
    ['networking.k8s.io/v1', 'Ingress', 'kubernetes:networking.k8s.io/v1:Ingress'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'kubernetes:rbac.authorization.k8s.io/v1:Role'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute'],
    ['cloud.google.com/v1', 'BackendConfig', 'kubernetes:cloud.google.com/v1:BackendConfig'],
  ])('%s %s is %s', (apiVersion, kindName, type) => {
    expect(resourceType({ apiVersion, kind: kindName })).toBe(type);
  });
});

describe('names', () => {
  test.each([
    [object('apps/v1', 'Deployment', 'orders'), 'apps/Deployment/shop/orders'],
    [object('v1', 'Service', 'orders'), 'Service/shop/orders'],
    [shopNamespace, 'Namespace/shop'],
    [object('autoscaling/v2', 'HorizontalPodAutoscaler', 'orders'), 'autoscaling/HorizontalPodAutoscaler/shop/orders'],
  ])('%j', (given, name) => {
    expect([...planned([given]).keys()]).toEqual([name]);
  });

  test('stay when an API version grows up', () => {
    const before = planned([object('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'orders')]);
    const after = planned([object('autoscaling/v2', 'HorizontalPodAutoscaler', 'orders')]);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  test('stay when constructs move or are renamed', () => {
    const names = (id: string, wrap: boolean): string[] => {
      const chart = new Chart(new App(), id);
      const scope = wrap ? new Chart(chart, 'Inner') : chart;
      new ApiObject(scope, `${id}-object`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } });
      return plan([{ layer: 'workloads', object: scope.node.findAll().filter(ApiObject.isApiObject).map((each) => each.toJson() as KubeObject)[0] ?? shopNamespace }], kind()).map(({ name }) => name);
    };
    expect(names('other', true)).toEqual(names('first', false));
  });

  test('differ for objects that the API server tells apart', () => {
    const part = fc.constantFrom('', 'a', 'b', 'a.b');
    const identity = fc.tuple(part, fc.constantFrom('A', 'B'), fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), fc.constantFrom('a', 'b', 'a-b'));
    fc.assert(fc.property(identity, identity, (a, b) => {
      // A kind is namespaced or it is not: both are never asked of one.
      fc.pre((a[2] === undefined) === (b[2] === undefined));
      expect(nameOf(...a) === nameOf(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }));
  });

  test('twice is refused', () => {
    expect(problemsIn(() => planned([object('v1', 'Service', 'a'), object('v1', 'Service', 'a')])).map(({ code }) => code)).toEqual(['OBJECT_TWICE']);
  });
});

describe('what is named comes first', () => {
  const pod = (spec: object): Partial<KubeObject> => ({ spec: { template: { spec } } });
  test.each<[string, KubeObject, KubeObject]>([
    ['the namespace', object('v1', 'ConfigMap', 'a'), shopNamespace],
    ['a service account', object('apps/v1', 'Deployment', 'a', pod({ serviceAccountName: 'b' })), object('v1', 'ServiceAccount', 'b')],
    ['an environment from a ConfigMap', object('apps/v1', 'Deployment', 'a', pod({ containers: [{ envFrom: [{ configMapRef: { name: 'b' } }] }] })), object('v1', 'ConfigMap', 'b')],
    ['a variable from a Secret', object('apps/v1', 'StatefulSet', 'a', pod({ initContainers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'b', key: 'k' } } }] }] })), object('v1', 'Secret', 'b')],
    ['a mounted Secret', object('apps/v1', 'DaemonSet', 'a', pod({ volumes: [{ secret: { secretName: 'b' } }] })), object('v1', 'Secret', 'b')],
    ['a projected ConfigMap', object('batch/v1', 'Job', 'a', pod({ volumes: [{ projected: { sources: [{ configMap: { name: 'b' } }] } }] })), object('v1', 'ConfigMap', 'b')],
    ['a claimed volume', object('v1', 'Pod', 'a', { spec: { volumes: [{ persistentVolumeClaim: { claimName: 'b' } }] } }), object('v1', 'PersistentVolumeClaim', 'b')],
    ['a pull secret of a CronJob', object('batch/v1', 'CronJob', 'a', { spec: { jobTemplate: { spec: { template: { spec: { imagePullSecrets: [{ name: 'b' }] } } } } } }), object('v1', 'Secret', 'b')],
    ['what is scaled', object('autoscaling/v2', 'HorizontalPodAutoscaler', 'a', { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'b' } } }), object('apps/v1', 'Deployment', 'b')],
    ['a role', object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'a', { roleRef: { kind: 'Role', name: 'b' } }), object('rbac.authorization.k8s.io/v1', 'Role', 'b')],
    ['whom a role is given to', object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'a', { roleRef: { kind: 'ClusterRole', name: 'x' }, subjects: [{ kind: 'ServiceAccount', name: 'b', namespace: 'shop' }] }), object('v1', 'ServiceAccount', 'b')],
    ['the Service behind a path', object('networking.k8s.io/v1', 'Ingress', 'a', { spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'b' } } }] } }] } }), object('v1', 'Service', 'b')],
    ['the Service for the rest', object('networking.k8s.io/v1', 'Ingress', 'a', { spec: { defaultBackend: { service: { name: 'b' } } } }), object('v1', 'Service', 'b')],
    ['a certificate', object('networking.k8s.io/v1', 'Ingress', 'a', { spec: { tls: [{ secretName: 'b' }] } }), object('v1', 'Secret', 'b')],
    ['a GKE frontend', object('networking.k8s.io/v1', 'Ingress', 'a', { metadata: { name: 'a', namespace: 'shop', annotations: { 'networking.gke.io/v1beta1.FrontendConfig': 'b' } } }), object('networking.gke.io/v1beta1', 'FrontendConfig', 'b')],
    ['a GKE certificate', object('networking.k8s.io/v1', 'Ingress', 'a', { metadata: { name: 'a', namespace: 'shop', annotations: { 'networking.gke.io/managed-certificates': 'x, b' } } }), object('networking.gke.io/v1', 'ManagedCertificate', 'b')],
    ['a GKE backend', object('v1', 'Service', 'a', { metadata: { name: 'a', namespace: 'shop', annotations: { 'cloud.google.com/backend-config': '{"ports":{"http":"b"}}' } } }), object('cloud.google.com/v1', 'BackendConfig', 'b')],
    ['the Gateway of a route', object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'a', { spec: { parentRefs: [{ name: 'b' }] } }), object('gateway.networking.k8s.io/v1', 'Gateway', 'b')],
    ['the certificate of a Gateway', object('gateway.networking.k8s.io/v1', 'Gateway', 'a', { spec: { listeners: [{ tls: { certificateRefs: [{ name: 'b' }] } }] } }), object('v1', 'Secret', 'b')],
    ["the Service of Google's health check", object('networking.gke.io/v1', 'HealthCheckPolicy', 'a', { spec: { targetRef: { group: '', kind: 'Service', name: 'b' } } }), object('v1', 'Service', 'b')],
    ["the Gateway of Google's policy", object('networking.gke.io/v1', 'GCPGatewayPolicy', 'a', { spec: { targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'b' } } }), object('gateway.networking.k8s.io/v1', 'Gateway', 'b')],
    ['the Issuer of a certificate', object('cert-manager.io/v1', 'Certificate', 'a', { spec: { issuerRef: { kind: 'Issuer', name: 'b' } } }), object('cert-manager.io/v1', 'Issuer', 'b')],
    ['the ClusterIssuer of a certificate', object('cert-manager.io/v1', 'Certificate', 'a', { spec: { issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'b' } } }), { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'b' } }],
    ['the authority of an Issuer', object('cert-manager.io/v1', 'Issuer', 'a', { spec: { ca: { secretName: 'b' } } }), object('v1', 'Secret', 'b')],
    ["a solver's token", object('cert-manager.io/v1', 'Issuer', 'a', { spec: { acme: { solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: { name: 'b', key: 'token' } } } }] } } }), object('v1', 'Secret', 'b')],
    ['the Service of a route', object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'a', { spec: { rules: [{ backendRefs: [{ name: 'b', port: 80 }] }] } }), object('v1', 'Service', 'b')],
  ])('%s', (_, user, used) => {
    const [first, second] = [...planned([user, used]).values()];
    expect(first?.inputs).toBe(used);
    expect(second?.dependsOn).toEqual([first?.name]);
  });

  test.each<[string, KubeObject, KubeObject]>([
    ['a ConfigMap of the same name in another namespace', object('apps/v1', 'Deployment', 'a', pod({ volumes: [{ configMap: { name: 'b' } }] })), object('v1', 'ConfigMap', 'b', { metadata: { name: 'b', namespace: 'other' } })],
    ['the account key that cert-manager makes itself', object('cert-manager.io/v1', 'Issuer', 'a', { spec: { acme: { privateKeySecretRef: { name: 'b' } } } }), object('v1', 'Secret', 'b')],
    ['an Issuer where a ClusterIssuer is named', object('cert-manager.io/v1', 'Certificate', 'a', { spec: { issuerRef: { kind: 'ClusterIssuer', name: 'b' } } }), object('cert-manager.io/v1', 'Issuer', 'b')],
    ['a Secret where a ConfigMap is named', object('apps/v1', 'Deployment', 'a', pod({ volumes: [{ configMap: { name: 'b' } }] })), object('v1', 'Secret', 'b')],
    ['a Service that an annotation names for something else', object('v1', 'Service', 'a', { metadata: { name: 'a', namespace: 'shop', annotations: { 'cloud.google.com/backend-config': 'b' } } }), object('cloud.google.com/v1', 'BackendConfig', 'b')],
  ])('and not %s', (_, user, other) => {
    expect([...planned([user, other]).values()].flatMap(({ dependsOn }) => dependsOn)).toEqual([]);
  });
});

describe('controllers come before routes', () => {
  const controller = (name: string): LayeredObject => ({ layer: 'controllers', object: object('apps/v1', 'Deployment', name) });
  const route = (name: string): LayeredObject => ({ layer: 'routes', object: object('networking.k8s.io/v1', 'Ingress', name) });

  test('every route waits for the last controller, which waits for the others', () => {
    const all = planned([controller('a'), controller('b'), route('x'), route('y')]);
    expect(all.get('apps/Deployment/shop/b')?.dependsOn).toEqual(['apps/Deployment/shop/a']);
    for (const name of ['x', 'y']) expect(all.get(`networking.k8s.io/Ingress/shop/${name}`)?.dependsOn).toEqual(['apps/Deployment/shop/b']);
  });

  test('objects of a controller\'s own kinds wait too; the other workloads start at once', () => {
    const all = planned([controller('a'), object('example.com/v1', 'Widget', 'w'), object('apps/v1', 'Deployment', 'shop')]);
    expect(all.get('example.com/Widget/shop/w')?.dependsOn).toEqual(['apps/Deployment/shop/a']);
    expect(all.get('apps/Deployment/shop/shop')?.dependsOn).toEqual([]);
  });
});

describe('node.addDependency', () => {
  function chart(): { readonly scope: Chart; readonly make: (id: string) => ApiObject } {
    const scope = new Chart(new App(), 'chart');
    return { scope, make: (id) => new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id, namespace: 'shop' } }) };
  }
  function planOf(scope: Chart): readonly PlannedResource[] {
    const named = ({ group, kind: kindName, namespace, name }: { group: string; kind: string; namespace: string | undefined; name: string }): string => nameOf(group, kindName, namespace, name);
    const orders = declaredOrders(scope).map(({ before, after, why }) => ({ before: before.map(named), after: after.map(named), why }));
    const objects = scope.node.findAll().filter(ApiObject.isApiObject).map((each) => ({ layer: 'workloads', object: each.toJson() as KubeObject }) as const);
    return plan(objects, kind(), { orders });
  }

  test('between objects is an edge', () => {
    const { scope, make } = chart();
    make('a').addDependency(make('b'));
    expect(planOf(scope).map(({ name, dependsOn }) => [name, dependsOn])).toEqual([['ConfigMap/shop/b', []], ['ConfigMap/shop/a', ['ConfigMap/shop/b']]]);
  });

  test('in a circle is refused, with the constructs that asked', () => {
    const { scope, make } = chart();
    const [a, b] = [make('a'), make('b')];
    a.addDependency(b);
    b.addDependency(a);
    const [problem] = problemsIn(() => planOf(scope));
    expect(problem).toMatchObject({ code: 'DEPENDENCY_CYCLE', value: expect.stringContaining(' → ') });
    expect(problem?.rule).toContain('chart/a on chart/b');
  });
});

describe('waiting', () => {
  const skips = (resource: PlannedResource | undefined): boolean => resource?.inputs.metadata.annotations?.[SKIP_AWAIT] === 'true';
  const balancer = object('v1', 'Service', 'a', { spec: { type: 'LoadBalancer' } });
  const ingress = (annotations?: Record<string, string>, ingressClassName?: string): KubeObject => (
    object('networking.k8s.io/v1', 'Ingress', 'i', { metadata: { name: 'i', namespace: 'shop', ...(annotations && { annotations }) }, spec: { ...(ingressClassName && { ingressClassName }) } })
  );
  const controllerWith = (type: string): LayeredObject => ({ layer: 'controllers', object: object('v1', 'Service', 'traefik', { spec: { type } }) });
  const class_ = { 'kubernetes.io/ingress.class': 'gce' };

  test.each([
    ['a load balancer on bare kind', [balancer], kind(), 'Service/shop/a', true],
    ['a load balancer with cloud-provider-kind', [balancer], kind({ cloudProviderKind: true }), 'Service/shop/a', false],
    ['a load balancer on GKE', [balancer], gke(), 'Service/shop/a', false],
    ['a NodePort on kind', [object('v1', 'Service', 'a', { spec: { type: 'NodePort' } })], kind(), 'Service/shop/a', false],
    ['an Ingress on kind, whose controller has node ports', [ingress(undefined, 'traefik'), controllerWith('NodePort')], kind(), 'networking.k8s.io/Ingress/shop/i', true],
    ['an Ingress on kind, whose controller has a load balancer that nobody makes', [ingress(undefined, 'traefik'), controllerWith('LoadBalancer')], kind(), 'networking.k8s.io/Ingress/shop/i', true],
    ['an Ingress on kind, whose controller has a load balancer', [ingress(undefined, 'traefik'), controllerWith('LoadBalancer')], kind({ cloudProviderKind: true }), 'networking.k8s.io/Ingress/shop/i', false],
    ['an Ingress on GKE, whose controller has a load balancer', [ingress(undefined, 'traefik'), controllerWith('LoadBalancer')], gke(), 'networking.k8s.io/Ingress/shop/i', false],
    ['an Ingress on GKE, whose controller has none here', [ingress(undefined, 'nginx')], gke(), 'networking.k8s.io/Ingress/shop/i', true],
    ["an Ingress of GKE's own", [ingress(class_)], gke(), 'networking.k8s.io/Ingress/shop/i', false],
    ['an Ingress without a class on GKE, which is GKE\'s', [ingress()], gke(), 'networking.k8s.io/Ingress/shop/i', false],
    ['an Ingress with the class of GKE, on kind', [ingress(class_)], kind(), 'networking.k8s.io/Ingress/shop/i', true],
  ] as const)('%s', (_, objects, platform, name, skipped) => {
    expect(skips(planned(objects, platform).get(name))).toBe(skipped);
  });

  test('leaves the rendered object as it was, and its other annotations', () => {
    const given = ingress(class_);
    const before = JSON.stringify(given);
    const inputs = planned([given]).get('networking.k8s.io/Ingress/shop/i')?.inputs;
    expect(JSON.stringify(given)).toBe(before);
    expect(inputs?.metadata.annotations).toEqual({ ...class_, [SKIP_AWAIT]: 'true' });
  });

  test('a crashing image is told of in minutes', () => {
    for (const kindName of ['Deployment', 'StatefulSet', 'DaemonSet']) {
      expect(planned([object('apps/v1', kindName, 'a')]).get(`apps/${kindName}/shop/a`)?.timeouts).toMatchObject({ create: '5m', update: '5m' });
    }
  });

  test('kinds that are there at once have no timeout', () => {
    expect(planned([object('v1', 'ConfigMap', 'a')]).get('ConfigMap/shop/a')).not.toHaveProperty('timeouts');
    expect(planned([object('gateway.networking.k8s.io/v1', 'Gateway', 'a')]).get('gateway.networking.k8s.io/Gateway/shop/a')?.timeouts).toMatchObject({ delete: '15m' });
  });
});

describe('objects that GitOps owns', () => {
  test.each([
    ['Argo CD, by annotation', { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/a' } }, /^Argo CD/],
    ['Argo CD, by label', { labels: { 'argocd.argoproj.io/instance': 'shop' } }, /^Argo CD/],
    ['Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } }, /^Flux/],
    ["Flux's Helm controller", { labels: { 'helm.toolkit.fluxcd.io/name': 'shop' } }, /^Flux/],
  ])('are refused: %s', (_, metadata, rule) => {
    const [problem, ...more] = problemsIn(() => planned([object('apps/v1', 'Deployment', 'a', { metadata: { name: 'a', namespace: 'shop', ...metadata } })]));
    expect(problem).toMatchObject({ code: 'OWNED_BY_GITOPS', path: expect.stringContaining('apps/Deployment/shop/a'), rule: expect.stringMatching(rule) });
    expect(more).toEqual([]);
  });

  test.each([
    ['the common label that Argo CD used once', { labels: { 'app.kubernetes.io/instance': 'shop' } }],
    ['an order within an Application', { annotations: { 'argocd.argoproj.io/sync-wave': '1' } }],
  ])('are not told by %s', (_, metadata) => {
    expect(problemsIn(() => planned([object('apps/v1', 'Deployment', 'a', { metadata: { name: 'a', namespace: 'shop', ...metadata } })]))).toEqual([]);
  });

  test('are all told of at once', () => {
    const owned = ['a', 'b', 'c'].map((name) => object('apps/v1', 'Deployment', name, { metadata: { name, namespace: 'shop', labels: { 'argocd.argoproj.io/instance': 'shop' } } }));
    expect(problemsIn(() => planned(owned))).toHaveLength(3);
  });
});

describe.each(environments.map(({ name }) => name))('the environment %s', (name) => {
  const { objects, environment } = built(name);
  const resources = plan(objects, environment.platform);
  const places = new Map(resources.map((each, index) => [each.name, index]));

  test('is planned whole, each after what it waits for', () => {
    expect(resources).toHaveLength(objects.length);
    for (const [index, { dependsOn }] of resources.entries()) for (const other of dependsOn) expect(places.get(other)).toBeLessThan(index);
  });

  test('has every object in its namespace after the namespace', () => {
    for (const { inputs, dependsOn } of resources) {
      const { namespace } = inputs.metadata;
      if (namespace !== undefined) expect(dependsOn).toContain(`Namespace/${namespace}`);
    }
  });
});

test('moving up a rung keeps every name that both rungs have', () => {
  const [low, high] = ['kind-clusterip', 'kind-nodeport'].map((name) => plan(built(name).objects, kind()).map((each) => each.name));
  expect(high).toEqual(low);
});

test('the plan of 1,000 services is linear', () => {
  const services = (count: number): LayeredObject[] => Array.from({ length: count }, (_, index) => {
    const name = `s${index}`;
    return [
      { layer: 'workloads', object: object('apps/v1', 'Deployment', name, { spec: { template: { spec: { serviceAccountName: 'runner' } } } }) },
      { layer: 'workloads', object: object('v1', 'Service', name) },
      { layer: 'controllers', object: object('apps/v1', 'Deployment', `controller-${name}`) },
      { layer: 'routes', object: object('networking.k8s.io/v1', 'Ingress', name, { spec: { defaultBackend: { service: { name } } } }) },
    ] as const;
  }).flat();
  const edgesOf = (count: number): number => plan(services(count), kind()).reduce((sum, { dependsOn }) => sum + dependsOn.length, 0);
  // Counted, not timed: the number of edges is what grows with n·m where it is done wrong.
  expect(edgesOf(1000) / edgesOf(100)).toBeLessThan(10.5);
  const started = performance.now();
  plan(services(1000), kind());
  expect(performance.now() - started).toBeLessThan(2000);
});
