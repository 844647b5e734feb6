import { Exposure } from '../../../src/constructs/services/exposure';
import { Traefik, type TraefikProps } from '../../../src/constructs/fronts/traefik';
import type { Platform } from '../../../src/model/platform';
import { gke } from '../../../src/platforms/gke';
import { kind } from '../../../src/platforms/kind';
import { type Built, built, builtAlone, find, specOf, told } from '../built';
import type { Template } from '../pods';

const traefik = (props: Partial<TraefikProps> = {}): Built => {
  const made = built((_, environment) => new Traefik(environment, 'front', { exposure: Exposure.nodePort(), ...props }));
  expect(told(made)).toEqual([]);
  return made;
};
const templateOf = (made: Built) => specOf(made, 'Deployment', 'traefik').template as Template;
const argsOf = (made: Built) => templateOf(made).spec.containers[0].args as string[];
const rulesOf = (object: object) => (object as { readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[] }[] }).rules;
const granted = (object: object) => rulesOf(object).flatMap(({ apiGroups, resources, verbs }) => resources.map((resource) => `${apiGroups.join()}/${resource} ${verbs.join()}`));

describe('Traefik runs', () => {
  test('restricted, with a token, two replicas, a budget and its own namespace', () => {
    const made = traefik();
    expect(find(made, 'Namespace', 'traefik').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect(specOf(made, 'Deployment', 'traefik').replicas).toBe(2);
    expect(specOf(made, 'PodDisruptionBudget', 'traefik')).toMatchObject({ maxUnavailable: 1 });
    expect(templateOf(made).spec).toMatchObject({
      serviceAccountName: 'traefik', automountServiceAccountToken: true, terminationGracePeriodSeconds: 60, securityContext: { runAsNonRoot: true, runAsUser: 10001 },
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }],
    });
    expect(templateOf(made).spec.containers[0]).toMatchObject({
      image: 'traefik:v3.7.13', lifecycle: { preStop: { sleep: { seconds: 10 } } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    });
    expect(find(made, 'ServiceAccount', 'traefik')).toMatchObject({ automountServiceAccountToken: false, metadata: { namespace: 'traefik' } });
  });

  test('with probes on its ping port that differ from each other', () => {
    expect(templateOf(traefik()).spec.containers[0]).toMatchObject({
      readinessProbe: { httpGet: { path: '/ping', port: 'ping' }, failureThreshold: 1, periodSeconds: 5, timeoutSeconds: 2 },
      livenessProbe: { tcpSocket: { port: 'ping' }, failureThreshold: 3, periodSeconds: 10 },
    });
  });

  test('on 80 and 443, and never shows its ping port', () => {
    expect(specOf(traefik(), 'Service', 'traefik').ports).toEqual([
      { name: 'web', protocol: 'TCP', port: 80, targetPort: 'web' }, { name: 'websecure', protocol: 'TCP', port: 443, targetPort: 'websecure' },
    ]);
  });

  test('listens where its container ports are', () => {
    const made = traefik();
    const listened = argsOf(made).flatMap((arg) => /^--entrypoints\.(\w+)\.address=:(\d+)\/tcp$/.exec(arg)?.slice(1, 3).join(' ') ?? []);
    const ports = templateOf(made).spec.containers[0].ports as { readonly name: string; readonly containerPort: number }[];
    expect(listened).toEqual(ports.map(({ name, containerPort }) => `${name === 'ping' ? 'traefik' : name} ${containerPort}`));
  });

  test('reached by everybody on its two ports, and calling anything', () => {
    expect(specOf(traefik(), 'NetworkPolicy', 'traefik')).toMatchObject({ ingress: [{ ports: [{ protocol: 'TCP', port: 8000 }, { protocol: 'TCP', port: 8443 }] }], egress: [{}] });
  });

  test.each<[string, Partial<TraefikProps>, object, object]>([
    ['pinned node ports', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011 } } }) }, {
      type: 'NodePort', ports: [{ name: 'web', nodePort: 30010 }, { name: 'websecure', nodePort: 30011 }],
    }, {}],
    ['one load balancer', { exposure: Exposure.loadBalancer({ annotations: { a: 'b' } }) }, { type: 'LoadBalancer' }, { a: 'b' }],
  ])('behind %s', (_, props, spec, annotations) => {
    const made = traefik(props);
    expect(specOf(made, 'Service', 'traefik')).toMatchObject(spec);
    expect(find(made, 'Service', 'traefik').metadata.annotations ?? {}).toEqual(annotations);
  });

  test.each<[string, Partial<TraefikProps>, (made: Built) => unknown, unknown]>([
    ['another image', { image: 'traefik:v3.7.16' }, (made) => templateOf(made).spec.containers[0].image, 'traefik:v3.7.16'],
    ['more replicas', { replicas: 3 }, (made) => specOf(made, 'Deployment', 'traefik').replicas, 3],
    ['an autoscaler', { replicas: { minReplicas: 2, maxReplicas: 5 } }, (made) => specOf(made, 'HorizontalPodAutoscaler', 'traefik').maxReplicas, 5],
    ['another namespace', { namespace: 'edge' }, (made) => find(made, 'Deployment', 'traefik').metadata.namespace, 'edge'],
    ['another namespace, where it looks for its Service', { namespace: 'edge' }, (made) => argsOf(made).find((arg) => arg.includes('publishedservice')), '--providers.kubernetesingress.ingressendpoint.publishedservice=edge/traefik'],
    ['another class', { ingressClassName: 'internal' }, (made) => specOf(made, 'IngressClass', 'internal'), { controller: 'traefik.io/ingress-controller' }],
    ['another class, which it serves', { ingressClassName: 'internal' }, (made) => argsOf(made).filter((arg) => arg.includes('ingressclass=')), ['--providers.kubernetesingress.ingressclass=internal']],
    ['the default class', { isDefaultClass: true }, (made) => find(made, 'IngressClass', 'traefik').metadata.annotations, { 'ingressclass.kubernetes.io/is-default-class': 'true' }],
    ['no default class', {}, (made) => find(made, 'IngressClass', 'traefik').metadata.annotations, undefined],
  ])('with %s', (_, props, read, expected) => expect(read(traefik(props))).toEqual(expected));
});

describe('Traefik may', () => {
  const everywhere = ['/nodes get,list,watch', 'networking.k8s.io/ingressclasses get,list,watch'];
  const inNamespaces = [
    '/services get,list,watch', '/secrets get,list,watch', 'discovery.k8s.io/endpointslices get,list,watch', 'networking.k8s.io/ingresses get,list,watch', 'networking.k8s.io/ingresses/status update',
  ];

  test('read what it routes by, in the whole cluster, and write only the status of Ingresses', () => {
    const made = traefik();
    expect(granted(find(made, 'ClusterRole', 'traefik'))).toEqual([...everywhere, ...inNamespaces]);
    expect(made.objects.map(({ kind }) => kind)).not.toContain('Role');
    expect(argsOf(made).filter((arg) => arg.includes('namespaces'))).toEqual([]);
  });

  test('read no Secret of other namespaces where it watches some only; its own it needs', () => {
    const made = traefik({ watchNamespaces: ['shop', 'blog', 'traefik'] });
    expect(granted(find(made, 'ClusterRole', 'traefik'))).toEqual(everywhere);
    const roles = made.objects.filter(({ kind }) => kind === 'Role');
    expect(roles.map(({ metadata }) => metadata.namespace).sort()).toEqual(['blog', 'shop', 'traefik']);
    for (const role of roles) expect(granted(role)).toEqual(inNamespaces);
    expect(argsOf(made)).toContain('--providers.kubernetesingress.namespaces=traefik,shop,blog');
  });

  test('through bindings of its own account to roles that are there', () => {
    const made = traefik({ watchNamespaces: ['shop'] });
    const bindings = made.objects.filter(({ kind }) => kind.endsWith('RoleBinding') || kind === 'RoleBinding');
    expect(bindings.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual(expect.arrayContaining([['ClusterRoleBinding', undefined], ['RoleBinding', 'shop'], ['RoleBinding', 'traefik']]));
    for (const binding of bindings) {
      const { roleRef, subjects, metadata } = binding as unknown as { roleRef: { kind: string; name: string }; subjects: unknown; metadata: { namespace?: string } };
      expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'traefik', namespace: 'traefik' }]);
      expect(made.objects.filter(({ kind, metadata: role }) => kind === roleRef.kind && role.name === roleRef.name && role.namespace === metadata.namespace)).toHaveLength(1);
    }
  });

  test('never more than get, list, watch and the update of a status', () => {
    for (const props of [{}, { watchNamespaces: ['shop'] }]) {
      for (const role of traefik(props).objects.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')) {
        for (const { apiGroups, resources, verbs } of rulesOf(role)) {
          expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
          expect(verbs.every((verb) => ['get', 'list', 'watch'].includes(verb) || resources.every((resource) => resource.endsWith('/status')))).toBe(true);
        }
      }
    }
  });
});

describe('Traefik redirects to https', () => {
  const pinned = Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } });
  const targetOf = (exposure: Exposure, platform?: Platform) => argsOf(built((_, environment) => new Traefik(environment, 'front', { exposure, redirectToHttps: true }), platform))
    .filter((arg) => arg.includes('redirections'));

  test.each<[string, Exposure, Platform | undefined, number]>([
    ["the laptop's on kind", pinned, kind(), 8443],
    ['the node port, where the laptop has the same', Exposure.nodePort({ nodePorts: { websecure: { nodePort: 30011 } } }), kind(), 30011],
    ['the node port, where no laptop is', pinned, gke(), 30011],
    ["the load balancer's", Exposure.loadBalancer(), gke(), 443],
  ])('to the port that clients dial: %s', (_, exposure, platform, port) => {
    expect(targetOf(exposure, platform)).toEqual([
      `--entrypoints.web.http.redirections.entrypoint.to=:${port}`, '--entrypoints.web.http.redirections.entrypoint.scheme=https', '--entrypoints.web.http.redirections.entrypoint.permanent=true',
    ]);
  });

  test('only when it is told to', () => expect(argsOf(traefik()).filter((arg) => arg.includes('redirections'))).toEqual([]));
});

test("stands alone in a chart with a namespace, which its cluster-wide objects don't take", () => {
  const made = builtAlone((chart) => new Traefik(chart, 'front', { exposure: Exposure.loadBalancer() }), 'team');
  expect(told(made)).toEqual([]);
  const clusterWide = ['ClusterRole', 'ClusterRoleBinding', 'IngressClass', 'Namespace'];
  for (const { kind, metadata } of made.objects) expect([kind, metadata.namespace]).toEqual([kind, clusterWide.includes(kind) ? undefined : 'traefik']);
});
