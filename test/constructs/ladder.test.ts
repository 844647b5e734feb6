import * as kplus from 'cdk8s-plus-27';
import { Exposure } from '../../src/constructs/services/exposure';
import { gkeIngress } from '../../src/constructs/fronts/gke-ingress';
import { GkeLoadBalancer } from '../../src/constructs/services/gke-load-balancer';
import { Microservice } from '../../src/constructs/services/microservice';
import type { AppNamespace } from '../../src/constructs/namespace';
import { Site } from '../../src/constructs/site/site';
import { gke } from '../../src/platforms/gke';
import { diffObjects } from '../../src/render/diff';
import { type Built, built, find } from './built';
import { IMAGE } from './pods';

/** One service and one that calls it; only the rung differs. */
const onRung = (exposure: (shop: AppNamespace) => Exposure): Built => {
  const made = built((shop) => {
    new Microservice(shop, 'web', {
      image: IMAGE, ports: [{ name: 'http', containerPort: 8080, port: 80 }, { name: 'grpc', containerPort: 9090 }], readiness: kplus.Probe.fromHttpGet('/ready'), exposure: exposure(shop),
    });
    new Microservice(shop, 'caller', { image: IMAGE, port: 8080, calls: ['web'] });
  }, gke());
  expect(made.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return made;
};

const rungs = {
  clusterIp: onRung(() => Exposure.clusterIp()),
  nodePort: onRung(() => Exposure.nodePort({ nodePort: 30080 })),
  loadBalancer: onRung(() => GkeLoadBalancer.external()),
  ingress: onRung((shop) => Exposure.ingress({ site: new Site(shop, 'shop', { front: gkeIngress(), host: 'shop.example.com' }) })),
};

/** Every change as a line: `~ Service web: spec.type ClusterIP → NodePort`. */
const steps = (from: Built, to: Built) => diffObjects(from.objects, to.objects).flatMap(({ type, kind, name, fields }) => (
  type === 'changed' ? fields.map((field) => `~ ${kind} ${name}: ${field.path} ${said(field.from)} → ${said(field.to)}`) : [`${type === 'added' ? '+' : '-'} ${kind} ${name}`]
));
const said = (value: unknown) => (value === undefined ? '-' : JSON.stringify(value));
const everybody = '{"ports":[{"port":8080,"protocol":"TCP"},{"port":9090,"protocol":"TCP"}]}';
const google = '{"from":[{"ipBlock":{"cidr":"35.191.0.0/16"}},{"ipBlock":{"cidr":"130.211.0.0/22"}}],"ports":[{"port":8080,"protocol":"TCP"}]}';

describe('a step on the ladder changes exactly', () => {
  test('ClusterIP → NodePort: the type, the port on the nodes, and who may come in', () => {
    expect(steps(rungs.clusterIp, rungs.nodePort).sort()).toEqual([
      `~ NetworkPolicy web: spec.ingress[1] - → ${everybody}`,
      '~ Service web: spec.ports[http].nodePort - → 30080',
      '~ Service web: spec.type "ClusterIP" → "NodePort"',
    ]);
  });

  test('NodePort → LoadBalancer: the type, its class, and no pinned port', () => {
    expect(steps(rungs.nodePort, rungs.loadBalancer).sort()).toEqual([
      '~ Service web: spec.loadBalancerClass - → "networking.gke.io/l4-regional-external"',
      '~ Service web: spec.ports[http].nodePort 30080 → -',
      '~ Service web: spec.type "NodePort" → "LoadBalancer"',
    ]);
  });

  test('LoadBalancer → Ingress: back to a ClusterIP, only the front comes in, and the route is there', () => {
    expect(steps(rungs.loadBalancer, rungs.ingress).sort()).toEqual([
      '+ BackendConfig web',
      '+ Ingress shop',
      '~ NetworkPolicy web: spec.ingress[1].from - → [{"ipBlock":{"cidr":"35.191.0.0/16"}},{"ipBlock":{"cidr":"130.211.0.0/22"}}]',
      '~ NetworkPolicy web: spec.ingress[1].ports[1] {"port":9090,"protocol":"TCP"} → -',
      '~ Service web: metadata.annotations - → {"cloud.google.com/backend-config":"{\\"default\\":\\"web\\"}","cloud.google.com/neg":"{\\"ingress\\":true}"}',
      '~ Service web: spec.loadBalancerClass "networking.gke.io/l4-regional-external" → -',
      '~ Service web: spec.type "LoadBalancer" → "ClusterIP"',
    ]);
  });

  test('Ingress → ClusterIP: the front goes, with all that it brought', () => {
    expect(steps(rungs.ingress, rungs.clusterIp).sort()).toEqual([
      '- BackendConfig web',
      '- Ingress shop',
      `~ NetworkPolicy web: spec.ingress[1] ${google} → -`,
      '~ Service web: metadata.annotations {"cloud.google.com/backend-config":"{\\"default\\":\\"web\\"}","cloud.google.com/neg":"{\\"ingress\\":true}"} → -',
    ]);
  });
});

describe.each(Object.entries(rungs))('on %s', (_, rung) => {
  test('the Deployment is the same, byte for byte', () => {
    expect(JSON.stringify(find(rung, 'Deployment', 'web'))).toBe(JSON.stringify(find(rungs.clusterIp, 'Deployment', 'web')));
  });

  test('the Service has the name, selector and ports that callers know', () => {
    const lasting = (made: Built) => {
      const { metadata, spec } = find(made, 'Service', 'web') as unknown as { metadata: { name: string; namespace: string }; spec: { selector: object; ports: { name: string; port: number; targetPort: string }[] } };
      return JSON.stringify([metadata.name, metadata.namespace, spec.selector, spec.ports.map(({ name, port, targetPort }) => ({ name, port, targetPort }))]);
    };
    expect(lasting(rung)).toBe(lasting(rungs.clusterIp));
  });

  test('the caller is the same, and still let in', () => {
    expect(rung.objects.filter(({ metadata }) => metadata.name === 'caller')).toEqual(rungs.clusterIp.objects.filter(({ metadata }) => metadata.name === 'caller'));
    const [first] = (find(rung, 'NetworkPolicy', 'web').spec as { ingress: unknown[] }).ingress;
    expect(JSON.stringify(first)).toContain('"app.kubernetes.io/name":"caller"');
  });
});
