import type { Cost } from '../../src/cost';
import { balancer, costOfYaml, gateway, ingress, traefik } from './counted';

/** What there is to see of a count: `Service shop/web: external passthrough, 1 rule`, and what has no price or makes no load balancer. */
function seen({ rows, unpriced, notes }: Cost): readonly string[] {
  return [
    ...rows.map(({ loadBalancer: { kind, namespace, name, what, rules } }) => `${kind} ${namespace}/${name}: ${what}, ${rules.least === rules.most ? rules.least : `${rules.least}-${rules.most}`}`),
    ...unpriced.map(({ why }) => `? ${why}`),
    ...notes,
  ];
}

const service = (type: string, more = ''): string => `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: ${type}, ports: [{port: 80}]${more}}\n`;
const tls = 'tls: [{secretName: cert}]';
const redirect = '---\napiVersion: networking.gke.io/v1beta1\nkind: FrontendConfig\nmetadata: {name: config, namespace: shop}\nspec: {redirectToHttps: {enabled: true}}\n';

describe('Services on GKE', () => {
  test.each<[string, string, readonly string[]]>([
    ['a load balancer', balancer('web'), ['Service shop/web: external passthrough, 1']],
    ['of its class', balancer('web', 'loadBalancerClass: networking.gke.io/l4-regional-external\nports: [{port: 80}]'), ['Service shop/web: external passthrough, 1']],
    ['many ports are one rule', balancer('web', 'ports: [{port: 80}, {port: 443}, {port: 8080}]'), ['Service shop/web: external passthrough, 1']],
    ['TCP and UDP: one that passes on everything, or one each', balancer('web', 'ports: [{port: 53}, {port: 53, protocol: UDP}]'), ['Service shop/web: external passthrough, 1-2']],
    ['UDP alone', balancer('web', 'ports: [{port: 53, protocol: UDP}]'), ['Service shop/web: external passthrough, 1']],
    ['dual-stack is two', balancer('web', 'ipFamilyPolicy: RequireDualStack\nports: [{port: 80}]'), ['Service shop/web: external passthrough, 2']],
    ['preferred dual-stack is what the cluster makes of it', balancer('web', 'ipFamilyPolicy: PreferDualStack\nports: [{port: 80}]'), ['Service shop/web: external passthrough, 1-2']],
    ['IPv6 alone is one', balancer('web', 'ipFamilyPolicy: SingleStack\nipFamilies: [IPv6]\nports: [{port: 80}]'), ['Service shop/web: external passthrough, 1']],
    ['internal by class', balancer('web', 'loadBalancerClass: networking.gke.io/l4-regional-internal\nports: [{port: 80}]'), ['Service shop/web: internal passthrough, 1']],
    ['internal by annotation', balancer('web', undefined, '{networking.gke.io/load-balancer-type: Internal}'), ['Service shop/web: internal passthrough, 1']],
    ['internal by the older annotation', balancer('web', undefined, '{cloud.google.com/load-balancer-type: internal}'), ['Service shop/web: internal passthrough, 1']],
    ['another value of the annotation', balancer('web', undefined, '{networking.gke.io/load-balancer-type: External}'), ['Service shop/web: external passthrough, 1']],
    ['the class before the annotation', balancer('web', 'loadBalancerClass: networking.gke.io/l4-regional-external\nports: [{port: 80}]', '{networking.gke.io/load-balancer-type: Internal}'), ['Service shop/web: external passthrough, 1']],
    ['two on one static address are two', balancer('tcp', 'loadBalancerIP: 203.0.113.5\nports: [{port: 53}]') + balancer('udp', 'loadBalancerIP: 203.0.113.5\nports: [{port: 53, protocol: UDP}]'), ['Service shop/tcp: external passthrough, 1', 'Service shop/udp: external passthrough, 1']],
    ["another provider's class", balancer('web', 'loadBalancerClass: service.k8s.aws/nlb\nports: [{port: 80}]'), ["? Service shop/web has a load balancer of class service.k8s.aws/nlb, which is not GKE's."]],
    ['ClusterIP', service('ClusterIP'), []],
    ['NodePort', service('NodePort'), []],
    ['ExternalName', 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: ExternalName, externalName: db.example.com}\n', []],
    ['externalIPs are none of the provider\'s', service('ClusterIP', ', externalIPs: [203.0.113.5]'), []],
  ])('%s', (_, yaml, expected) => expect(seen(costOfYaml(yaml))).toEqual(expected));
});

describe('Ingresses on GKE', () => {
  test.each<[string, string, readonly string[]]>([
    ['of no class', ingress('{}'), ['Ingress shop/site: global application, 1']],
    ['of class gce by annotation', ingress('{kubernetes.io/ingress.class: gce}'), ['Ingress shop/site: global application, 1']],
    ['with TLS: http and https', ingress('{kubernetes.io/ingress.class: gce}', tls), ['Ingress shop/site: global application, 2']],
    ['with a managed certificate', ingress('{kubernetes.io/ingress.class: gce, networking.gke.io/managed-certificates: site}'), ['Ingress shop/site: global application, 2']],
    ['with a pre-shared certificate', ingress('{kubernetes.io/ingress.class: gce, ingress.gcp.kubernetes.io/pre-shared-cert: site}'), ['Ingress shop/site: global application, 2']],
    ['without http', ingress('{kubernetes.io/ingress.class: gce, kubernetes.io/ingress.allow-http: "false"}', tls), ['Ingress shop/site: global application, 1']],
    ['with http said', ingress('{kubernetes.io/ingress.class: gce, kubernetes.io/ingress.allow-http: "true"}', tls), ['Ingress shop/site: global application, 2']],
    ['with a redirect, which stands on the rule for http', redirect + ingress('{kubernetes.io/ingress.class: gce, networking.gke.io/v1beta1.FrontendConfig: config}', tls), ['Ingress shop/site: global application, 2']],
    ['a redirect does not bring http back', redirect + ingress('{kubernetes.io/ingress.class: gce, networking.gke.io/v1beta1.FrontendConfig: config, kubernetes.io/ingress.allow-http: "false"}', tls), ['Ingress shop/site: global application, 1']],
    ['neither http nor https', ingress('{kubernetes.io/ingress.class: gce, kubernetes.io/ingress.allow-http: "false"}'), ['No load balancer: Ingress site forbids http and has no certificate for https: GKE makes no load balancer of it.']],
    ['internal', ingress('{kubernetes.io/ingress.class: gce-internal}'), ['Ingress shop/site: internal application, 0-1']],
    ['internal with a certificate, for https alone', ingress('{kubernetes.io/ingress.class: gce-internal, kubernetes.io/ingress.allow-http: "false"}', tls), ['Ingress shop/site: internal application, 0-1']],
    ['internal with a certificate, which GKE refuses', ingress('{kubernetes.io/ingress.class: gce-internal}', tls), [
      'No load balancer: Ingress site is internal, for both http and https, without an address that these two can share: GKE makes no load balancer of it.',
    ]],
    ['regional', ingress('{kubernetes.io/ingress.class: gce-regional-external}', tls), ['Ingress shop/site: regional application, 2']],
    ['ingressClassName: gce, which GKE ignores', ingress('{}', 'ingressClassName: gce'), ['No load balancer: Ingress site has ingressClassName: gce; GKE goes by the annotation kubernetes.io/ingress.class and ignores an Ingress that only has the field.']],
    ['of Traefik, whose Service has the load balancer', traefik() + ingress('{}', 'ingressClassName: traefik'), ['Service edge/traefik: external passthrough, for Traefik, 1']],
    ['of Traefik on node ports', traefik('NodePort') + ingress('{}', 'ingressClassName: traefik'), []],
    ['of a Traefik that is not in the input', ingress('{}', 'ingressClassName: traefik'), ['? Ingress shop/site is served by Traefik, which is not in the input; what stands in front of it is not counted.']],
    ['of another cloud', ingress('{}', 'ingressClassName: alb'), ['? Ingress shop/site has a load balancer of AWS Load Balancer Controller, which is not in these prices.']],
  ])('%s', (_, yaml, expected) => expect(seen(costOfYaml(yaml))).toEqual(expected));
});

const classOf = (name: string, controller: string): string => `---\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: ${name}}\nspec: {controllerName: ${controller}}\n`;

describe('Gateways on GKE', () => {
  test.each<[string, string, readonly string[]]>([
    ['global, a rule a port', gateway('gke-l7-global-external-managed', 80, 443), ['Gateway shop/site: global application, 2']],
    ['two listeners of one port are one rule', gateway('gke-l7-global-external-managed', 443, 443), ['Gateway shop/site: global application, 1']],
    ['classic', gateway('gke-l7-gxlb', 80), ['Gateway shop/site: global application (classic), 1']],
    ['regional', gateway('gke-l7-regional-external-managed', 80, 443), ['Gateway shop/site: regional application, 2']],
    ['internal', gateway('gke-l7-rilb', 80), ['Gateway shop/site: internal application, 0-1']],
    ['of several clusters', gateway('gke-l7-global-external-managed-mc', 80), ['Gateway shop/site: global application, 1']],
    ['with a certificate map and a Secret, which GKE refuses', gateway('gke-l7-gxlb', 443).replace('name: site', 'name: site, annotations: {networking.gke.io/certmap: m}').replace('port: 443', 'port: 443, tls: {certificateRefs: [{name: c}]}'), [
      'No load balancer: Gateway site has the certificate map m, and its listener p443 a certificate besides: GKE makes no load balancer of it.',
    ]],
    ['without listeners', gateway('gke-l7-gxlb'), ['No load balancer: Gateway shop/site has no listener.']],
    ['of a class of GKE that is not known', classOf('gke-l7-new', 'networking.gke.io/gateway') + gateway('gke-l7-new', 80), ['? Gateway shop/site is of class gke-l7-new, of which it is not known what load balancer it makes.']],
    ["of Traefik's, by its name", traefik() + gateway('traefik', 80), ['Service edge/traefik: external passthrough, for Traefik, 1']],
    ["of Traefik's, by its class", traefik() + classOf('edge', 'traefik.io/gateway-controller') + gateway('edge', 80), ['Service edge/traefik: external passthrough, for Traefik, 1']],
    ['of a controller that has made its Service', gateway('envoy', 80) + balancer('envoy-site').replace('annotations: {}', 'labels: {gateway.networking.k8s.io/gateway-name: site}'), ['Service shop/envoy-site: external passthrough, 1']],
    ['of a controller that is not in the input', gateway('envoy', 80), ['? Gateway shop/site is of class envoy, whose controller is not in the input; what stands in front of it is not counted.']],
  ])('%s', (_, yaml, expected) => expect(seen(costOfYaml(yaml))).toEqual(expected));
});

describe('platforms', () => {
  test.each(['kind', 'minikube', 'docker-desktop'] as const)('nobody bills a load balancer on %s', (platform) => {
    const cost = costOfYaml(balancer('web') + ingress('{}', 'ingressClassName: traefik'), { platform });
    expect(seen(cost)).toEqual([`Nobody bills load balancers on ${platform}: there is nothing to price.`]);
    expect(cost.total).toEqual({ least: 0, most: 0 });
  });

  test('on bare metal it cannot be told', () => {
    expect(seen(costOfYaml(balancer('web') + gateway('gke-l7-gxlb', 80) + ingress('{kubernetes.io/ingress.class: gce}'), { platform: 'bare' }))).toEqual([
      "? Service shop/web has a load balancer of its own, which here is not Google's.",
      "? Ingress shop/site has a load balancer of GKE's, which is not in these prices.", "? Gateway shop/site has a load balancer of GKE's, which is not in these prices.",
    ]);
  });

  test('without a platform it is counted as on GKE, and says so', () => {
    expect(seen(costOfYaml(balancer('web') + ingress('{}'), { platform: 'unknown' }))).toEqual([
      'Service shop/web: external passthrough, 1', 'Ingress shop/site: global application, 1', 'No platform is given, so it is counted as on GKE; --platform says another.',
    ]);
  });

  test('nothing is assumed where nothing is in front', () => expect(seen(costOfYaml(service('ClusterIP'), { platform: 'unknown' }))).toEqual([]));

  test.each<[string, string, string]>([
    ['its nodes', balancer('web') + '---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: {providerID: aws:///eu-west-1a/i-1}\n', 'Node n1 is of aws, so this is not GKE.'],
    ["a Service's annotations", balancer('web', undefined, '{service.beta.kubernetes.io/aws-load-balancer-type: nlb}'), 'The annotation service.beta.kubernetes.io/aws-load-balancer-type is for another cloud, so this is not taken for GKE; --platform gke prices it all the same.'],
  ])('another cloud, by %s, is not priced as GKE', (_, yaml, why) => {
    expect(seen(costOfYaml(yaml, { platform: 'unknown' }))).toEqual(["? Service shop/web has a load balancer of its own, which here is not Google's.", why]);
    expect(seen(costOfYaml(yaml))).toEqual(['Service shop/web: external passthrough, 1']);
  });

  test('a node without a provider says nothing', () => {
    expect(costOfYaml(balancer('web') + '---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: {}\n', { platform: 'unknown' }).rows).toHaveLength(1);
  });

  test('nodes of GKE in the input say where it is', () => {
    const node = '---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: {providerID: gce://p/us-central1-a/n1}\n';
    expect(seen(costOfYaml(balancer('web') + node, { platform: 'unknown' }))).toEqual(['Service shop/web: external passthrough, 1']);
  });
});
