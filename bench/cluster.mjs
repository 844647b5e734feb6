// node bench/cluster.mjs SERVICES [NAMESPACES]: manifests of a cluster to draw. Traefik behind a load balancer; every other Service has a host,
// every third calls another; one in seven has no readiness probe, one a selector that selects nobody.
const [services = 500, namespaces = 20] = process.argv.slice(2).map(Number);

const deployment = (namespace, name, container) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace },
  spec: { replicas: 2, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [container] } } },
});

const objects = [
  deployment('traefik', 'traefik', {
    name: 'traefik', image: 'traefik:v3.5', args: ['--entrypoints.web.address=:8000', '--providers.kubernetesingress'],
    ports: [{ name: 'web', containerPort: 8000 }], readinessProbe: { tcpSocket: { port: 8000 } },
  }),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'traefik', namespace: 'traefik' }, spec: { type: 'LoadBalancer', selector: { app: 'traefik' }, ports: [{ name: 'web', port: 80, targetPort: 'web' }] } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'traefik' }, spec: { controller: 'traefik.io/ingress-controller' } },
];
for (let index = 0; index < services; index++) {
  const namespace = `team-${String(index % namespaces).padStart(2, '0')}`;
  const name = `service-${index}`;
  const next = index + namespaces;
  objects.push(
    deployment(namespace, name, {
      name: 'main', image: 'registry.example.com/shop/service:1.0.0', ports: [{ name: 'http', containerPort: 8080 }],
      ...(index % 3 === 0 && next < services && { env: [{ name: 'NEXT', value: `http://service-${next}:80` }] }),
      ...(index % 7 !== 3 && { readinessProbe: { httpGet: { path: '/', port: 'http' } } }),
    }),
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: index === 17 ? 'nobody' : name }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
  );
  if (index % 2 === 0) {
    const paths = [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }];
    objects.push({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, namespace }, spec: { ingressClassName: 'traefik', rules: [{ host: `${name}.example.com`, http: { paths } }] } });
  }
}
process.stdout.write(objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n'));
