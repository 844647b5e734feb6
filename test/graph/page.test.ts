import { createHash } from 'node:crypto';
import { layOut } from '../../src/graph/layout';
import { renderPage } from '../../src/graph/page';
import type { PageData } from '../../src/graph/page-data';
import { hostileGraph, hostileTexts } from './hostile';
import { graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

const script = 'console.log("the program")';

function partsOf(page: string): { readonly data: PageData; readonly scripts: readonly string[]; readonly policy: string } {
  const scripts = [...page.matchAll(/<script(?: type="application\/json" id="data")?>([^]*?)<\/script>/g)].map(([, text = '']) => text);
  return { data: JSON.parse(scripts[0] ?? '') as PageData, scripts, policy: /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '' };
}

test.each(hostileTexts)('%j stays a text, and comes back as it was drawn', async (text) => {
  const graph = hostileGraph(text);
  const page = renderPage(graph, await layOut(graph), { title: text, script });
  const { data, scripts } = partsOf(page);
  expect(data.graph).toEqual(JSON.parse(JSON.stringify(graph)));
  expect(scripts).toHaveLength(2);
  expect(scripts[1]).toBe(script);
  expect(page.match(/<(script|style|img|iframe|object|link|base)\b/g)).toEqual(['<style', '<script', '<script']);
  expect(page).not.toMatch(/ on\w+="/);
  expect(scripts[0]).not.toMatch(/[<>\u2028\u2029]/);
});

test('the page may load nothing and run nothing but its own program', async () => {
  const graph = graphOf(await worldOfEnvironment('kind-ingress'));
  const page = renderPage(graph, await layOut(graph), { script });
  const { policy } = partsOf(page);
  expect(policy).toBe(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; base-uri 'none'; form-action 'none'`);
  expect(page.replaceAll('http://www.w3.org/2000/svg', '').match(/(?:src|href|url\()[="']*https?:/g)).toBeNull();
});

test('the picture is in the page before its program runs', async () => {
  const graph = graphOf(await worldOfEnvironment('kind-ingress'));
  const page = renderPage(graph, await layOut(graph), { title: 'kind-ingress', script });
  expect(page).toContain('<h1>kind-ingress</h1><p class="sums">7 Services · 16 requests: 1 unknown, 15 ok · no findings</p>');
  expect(page).toMatch(/data-node="Service\/shop\/blue-service"[^>]* role="button" aria-label="Service blue-service, /);
});

test('it is the same bytes on every run', async () => {
  const page = async (): Promise<string> => {
    const graph = graphOf(await worldOfEnvironment('gke-ingress'));
    return renderPage(graph, await layOut(graph), { script });
  };
  expect(await page()).toBe(await page());
});

test('a way that is asked for is lit at first', async () => {
  const graph = graphOf(worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]')));
  expect(partsOf(renderPage(graph, await layOut(graph), { script, way: graph.ways[0] })).data.way).toBe(0);
  expect(partsOf(renderPage(graph, await layOut(graph), { script })).data.way).toBeUndefined();
});

test.each([[30, 2, []], [60, 2, ['shop-0', 'shop-1']], [59, 1, []], [60, 1, ['shop-0']]])('%i Services in namespaces (%i of them): closed at first are %j', async (services, namespaces, closed) => {
  const yaml = Array.from({ length: services }, (_, index) => webAndService('ports: [{ port: 80, targetPort: http }]').replaceAll('namespace: shop', `namespace: shop-${index % namespaces}`).replaceAll('web', `web${index}`)).join('---');
  const graph = graphOf(worldFrom(yaml));
  expect(partsOf(renderPage(graph, await layOut(graph), { script })).data.closed).toEqual(closed);
});
