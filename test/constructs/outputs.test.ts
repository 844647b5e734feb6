import { App, Chart } from 'cdk8s';
import { Exposure } from '../../src/constructs/services/exposure';
import { ExternalService } from '../../src/constructs/services/external-service';
import { ingressNginx } from '../../src/constructs/fronts/ingress-nginx';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { ProblemError } from '../../src/model/problem';

/** Like Pulumi's: every property is an Output again, and as a text it is a message. */
class Output {
  readonly __pulumiOutput = true;
  toString(): string {
    return 'Calling [toString] on an [Output<T>] is not supported.';
  }
}
const output = <T>(): T => new Proxy(new Output(), { get: (target, key) => (key in target ? Reflect.get(target, key) : output()) as unknown }) as T;
const IMAGE = 'example.com/web:1.0.0';

test.each<[string, (chart: Chart) => unknown, string[]]>([
  ['a name', (chart) => new Microservice(chart, 'web', { image: IMAGE, port: 80, name: output() }), ['chart/web name']],
  ['a port', (chart) => new Microservice(chart, 'web', { image: IMAGE, port: output<number>() }), ['chart/web port']],
  ['parts of a port', (chart) => new Microservice(chart, 'web', { image: IMAGE, port: { containerPort: output(), port: 80 } }), ['chart/web port.containerPort']],
  ['several', (chart) => new Microservice(chart, 'web', { image: output(), port: 80, args: ['a', output()], podAnnotations: { 'a/b': output() } }), ['chart/web image', 'chart/web args[1]', 'chart/web podAnnotations.a/b']],
  ['a peer', (chart) => new Microservice(chart, 'web', { image: IMAGE, port: 80, calls: ['a', { cidr: output() }] }), ['chart/web calls[1].cidr']],
  ['an alias', (chart) => new ExternalService(chart, 'db', { externalName: output(), port: 5432 }), ['chart/db externalName']],
  ['a namespace', (chart) => new AppNamespace(chart, 'shop', { name: output() }), ['chart/shop name']],
  ['a host', (chart) => new Site(chart, 'site', { front: ingressNginx(), host: output() }), ['chart/site host']],
  ['a namespace of Traefik', (chart) => new Traefik(chart, 'front', { exposure: Exposure.nodePort(), watchNamespaces: [output()] }), ['chart/front watchNamespaces[0]']],
])('a Pulumi Output as %s is refused at once, with its place', (_, build, paths) => {
  let error: unknown;
  try {
    build(new Chart(new App(), 'chart'));
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problems.map(({ code, path }) => [code, path])).toEqual(paths.map((path) => ['PULUMI_OUTPUT', path]));
  expect((error as ProblemError).message).toContain('output.apply');
});

test('plain values are not', () => {
  expect(() => new Microservice(new Chart(new App(), 'chart'), 'web', { image: IMAGE, port: 80, podAnnotations: { a: 'b' }, calls: [{ cidr: '10.0.0.0/8' }] })).not.toThrow();
});
