import { App } from 'cdk8s';
import { environments } from '../../src/apps/environments';
import { kindClusterOf } from '../../src/cli/kind-cluster';
import { worldOf } from '../../src/cli/world-of';
import { type World, buildWorld, parseProfile } from '../../src/explain';
import type { Graph } from '../../src/graph/graph';
import { graphOf } from '../../src/graph/model/build';
import { readManifests } from '../../src/manifest/read';
import { buildEnvironments } from '../../src/render/environments';
import { layOut } from '../../src/render/layout';

/** The world of manifests that are written in the test. */
export function worldFrom(yaml: string, profile: object = {}): World {
  const manifests = readManifests([{ file: 'case.yaml', text: yaml }]);
  expect(manifests.problems).toEqual([]);
  return buildWorld(manifests, parseProfile(JSON.stringify(profile)));
}

/** The world of an environment of the example. */
export async function worldOfEnvironment(name: string): Promise<World> {
  const [built] = buildEnvironments(environments.filter((one) => one.name === name), () => new App()).environments;
  if (built === undefined) throw new Error(`no environment ${name}`);
  const kindCluster = kindClusterOf(built.environment);
  return worldOf(built, layOut(built.objects, { ...(kindCluster && { kindCluster }) }), name);
}

/** Edges as people would write them: `Laptop :8080> kind-control-plane[8080 → 30010]`. */
export function edgesOf({ nodes, edges }: Graph): string[] {
  const of = new Map(nodes.map((node) => [node.id, node]));
  const end = (id: string, row: number | undefined): string => `${of.get(id)?.kind} ${of.get(id)?.title}${row === undefined ? '' : `[${of.get(id)?.rows[row]?.text}]`}`;
  return edges.map(({ from, to, fromRow, toRow, kind, port }) => `${end(from, fromRow)} ${kind === 'way' ? '' : `${kind} `}${port === undefined ? '' : `:${port}`}> ${end(to, toRow)}`);
}

/** The cards that a way goes over, in order. */
export function cardsOf(graph: Graph, request: string): string[] {
  const way = graph.ways.find((one) => one.request === request);
  if (way === undefined) throw new Error(`no way ${request}; there are ${graph.ways.map((one) => one.request).join(', ')}`);
  return [way.start, ...way.links.map(({ to }) => to)];
}

export { graphOf };

/** A Deployment and a Service in front of it. */
export function webAndService(service: string, more = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1, ports: [{ name: http, containerPort: 8080 }], readinessProbe: { httpGet: { path: /, port: http } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ${service} }
${more}`;
}
