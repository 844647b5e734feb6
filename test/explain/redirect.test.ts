import { buildWorld, explain, parseRequest } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

const manifest = (to: string, scheme?: string) => `
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {ingressClassName: traefik, rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: traefik, labels: {app: traefik}}
spec:
  containers:
    - name: traefik
      image: traefik:v3
      args: [--entryPoints.web.address=:8000, --entryPoints.websecure.address=:8443, '--entryPoints.web.http.redirections.entryPoint.to=${to}'${scheme === undefined ? '' : `, --entryPoints.web.http.redirections.entryPoint.scheme=${scheme}`}]
      ports: [{name: web, containerPort: 8000}, {name: websecure, containerPort: 8443}]
---
{apiVersion: v1, kind: Service, metadata: {name: traefik}, spec: {type: LoadBalancer, selector: {app: traefik}, ports: [{name: web, port: 80, targetPort: web}, {name: websecure, port: 443, targetPort: websecure}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
`;

/** Traefik's own code: pkg/provider/traefik/internal.go. */
test.each([
  [':443', undefined, 'https://shop.example.com/cart'],
  [':8443', undefined, 'https://shop.example.com:8443/cart'],
  ['websecure', undefined, 'https://shop.example.com:8443/cart'],
  ['webSecure', undefined, 'https://shop.example.com:8443/cart'],
  [':80', 'http', 'http://shop.example.com/cart'],
])('Traefik told to redirect to %s (%s) sends the client to %s: by an entry point\'s name, to the port of its container', (to, scheme, location) => {
  const world = buildWorld(readManifests([{ file: 'a.yaml', text: manifest(to, scheme) }]), { loadBalancer: 'metallb' });
  const { verdict, hops } = explain(world, parseRequest('http://shop.example.com/cart'));
  expect(verdict).toBe('ok');
  expect(JSON.stringify(hops)).toContain(`redirects to ${location}.`);
});
