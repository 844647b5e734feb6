import fc from 'fast-check';
import { layOut } from '../../src/graph/layout';
import { renderSvg } from '../../src/graph/svg';
import { hostileGraph, hostileTexts } from './hostile';
import { graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

/** Elements of a document that is well formed: each is closed by its own tag. Throws where it is not. */
export function elementsOf(xml: string): { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[] {
  const found: { name: string; attributes: Map<string, string> }[] = [];
  const open: string[] = [];
  let at = 0;
  const token = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g;
  for (let match = token.exec(xml); match !== null; match = token.exec(xml)) {
    const [whole, closing, name = '', attributes = '', alone] = match;
    const between = xml.slice(at, match.index);
    if (open.at(-1) !== 'style' && /[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/.test(between)) throw new Error(`markup in a text: ${between}`);
    at = match.index + whole.length;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    found.push({ name, attributes: new Map([...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])) });
    if (alone !== '/') open.push(name);
  }
  if (open.length > 0 || xml.slice(at).trim() !== '') throw new Error(`left open: ${open.join(', ')}`);
  return found;
}

const allowed = new Set(['svg', 'title', 'style', 'rect', 'defs', 'marker', 'path', 'g', 'text', 'circle']);

function expectSafe(svg: string): void {
  const elements = elementsOf(svg);
  expect(elements.map(({ name }) => name).filter((name) => !allowed.has(name))).toEqual([]);
  const attributes = elements.flatMap((element) => [...element.attributes]);
  expect(attributes.filter(([name]) => /^on|href|^src$/.test(name))).toEqual([]);
  expect(attributes.filter(([name, value]) => name !== 'aria-label' && value.includes('url(') && !(name === 'marker-end' && /^url\(#head(-way)?\)$/.test(value)))).toEqual([]);
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
}

test.each(hostileTexts)('%j stays a text', async (text) => {
  const graph = hostileGraph(text);
  expectSafe(renderSvg(graph, await layOut(graph), { title: text, way: graph.ways[0] }));
});

test('any text stays a text', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
    const graph = hostileGraph(text);
    expectSafe(renderSvg(graph, await layOut(graph), { title: text }));
  }), { numRuns: 20 });
});

describe('the example', () => {
  const drawn = async (request?: string): Promise<string> => {
    const graph = graphOf(await worldOfEnvironment('kind-ingress'));
    return renderSvg(graph, await layOut(graph), { title: 'kind-ingress', way: graph.ways.find((way) => way.request === request) });
  };

  test('is the same bytes on every run', async () => expect(await drawn('http://shop.localhost:8080/blue')).toBe(await drawn('http://shop.localhost:8080/blue')));

  test('is light and dark by its own style, says what it is, and has a ground of its own', async () => {
    const svg = await drawn();
    expectSafe(svg);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="kind-ingress"><title>kind-ingress<\/title>/);
    expect(svg).toContain('<rect class="paper"');
  });

  test('shows the ports on the edges and the chain in the cards', async () => {
    const svg = await drawn();
    for (const text of ['>8080 → 30010<', '>30010 → 80 → web<', '>:30010<', '>:8000<', '>/blue<', '>80 → http<', '>:5678<']) expect(svg).toContain(text);
  });

  test('says under the pointer who may call', async () => {
    expect(await drawn()).toMatch(/<title>Deployment · 2 replicas\nblue-service\nin shop\n:5678 http\nblue-service: may call: orders of shop on 5678; traefik of traefik on 5678\./);
  });

  test('lights a way: its stretches, its cards, its numbers', async () => {
    const svg = await drawn('http://shop.localhost:8080/blue');
    const elements = elementsOf(svg);
    const classes = elements.map(({ attributes }) => attributes.get('class') ?? '');
    expect(classes.filter((name) => name === 'leg')).toHaveLength(6);
    expect(classes.filter((name) => /^card .* on$/.test(name))).toHaveLength(7);
    expect(classes).toContain('picture chosen');
    for (const number of ['>1<', '>2–3<', '>4–6, 10<', '>7<', '>8<', '>9, 11–12<']) expect(svg).toContain(number);
    expect((await drawn()).includes('class="leg"')).toBe(false);
  });
});

describe('a card with long names', () => {
  const yaml = webAndService('type: NodePort, ports: [{ name: a-name-as-long-as-any, port: 8080, targetPort: 80, nodePort: 30001 }]');
  const pictureOf = async (text: string): Promise<string> => {
    const graph = graphOf(worldFrom(text));
    return renderSvg(graph, await layOut(graph));
  };

  test('keeps the chain of its ports, and cuts the name of the port', async () => {
    const picture = await pictureOf(yaml);
    expect(picture).toContain('>30001 → 8080 → 80</text>');
    expect(picture).toMatch(/>a-n\w*…<\/text>/);
  });

  test('is cut in its middle, so that its end can be told from others', async () => {
    const picture = await pictureOf(yaml.replaceAll('name: web,', 'name: argocd-notifications-controller-metrics,'));
    expect(picture).toMatch(/>argocd-[\w-]+…[\w-]+-metrics<\/text>/);
  });
});

test('other pods are drawn where they call something, or with a way of their own', async () => {
  const called = webAndService('ports: [{ port: 80, targetPort: http }]', `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: caller, namespace: shop }
spec: { selector: { matchLabels: { app: c } }, template: { metadata: { labels: { app: c } }, spec: { containers: [{ name: c, image: c:1, env: [{ name: WEB, value: "http://web:80" }] }] } } }
`);
  const graph = graphOf(worldFrom(called));
  const layout = await layOut(graph);
  expect(renderSvg(graph, layout)).not.toContain('>Other pods<');
  expect(renderSvg(graph, layout, { way: graph.ways.find(({ start }) => start === 'Client/pods') })).toContain('>Other pods<');
  const alone = graphOf(worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]')));
  expect(renderSvg(alone, await layOut(alone))).toContain('>Other pods<');
});
