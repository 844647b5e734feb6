import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { buildWorld, explain, parseRequest } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { hostileTexts } from '../graph/hostile';
import { webAndService, worldFrom, worldOfEnvironment } from '../graph/pictures-of';
import { type Watched, inBrowser, launch, open, pageOf } from './browser';

const option = (page: Page, text: string): Locator => page.getByRole('option').filter({ hasText: text }).first();
const focusedCard = (page: Page): Promise<string | undefined> => page.evaluate(() => (document.activeElement as SVGElement | null)?.dataset['node']);
const litCards = (page: Page): Promise<string[]> => page.locator('.card.on').evaluateAll((cards) => cards.map((card) => (card as SVGElement).dataset['node'] ?? ''));

const cluster = () => worldFrom(execFileSync(process.execPath, [join(__dirname, '../../bench/cluster.mjs'), '500'], { encoding: 'utf8' }), { platform: 'gke' });

/** How high the letters of a name are on the screen. */
const pixels = (page: Page): Promise<number> => page.locator('.card.on .title').first().evaluate((title) => parseFloat(getComputedStyle(title).fontSize) * ((title as SVGGraphicsElement).getScreenCTM()?.a ?? 0));

/** What of these is not between the tools and the legend. */
const outOfSight = (page: Page, cards: string): Promise<string[]> => page.evaluate((selector) => {
  const box = (id: string): DOMRect | undefined => document.querySelector(id)?.getBoundingClientRect();
  const [picture, tools, legend] = [box('#picture'), box('#tools'), box('#legend')];
  return [...document.querySelectorAll<SVGElement>(selector)].filter((card) => {
    const { left, right, top, bottom } = card.querySelector('.box')?.getBoundingClientRect() ?? card.getBoundingClientRect();
    return !(left >= (picture?.left ?? 0) && right <= (picture?.right ?? 0) && top >= (tools?.bottom ?? 0) && bottom <= (legend?.top ?? 0));
  }).map((card) => card.dataset['node'] ?? '');
}, cards);

inBrowser('the page', () => {
  let browser: Browser;
  let example: string;
  let broken: string;
  /** 500 Services in twenty namespaces behind one Traefik, and in one namespace. */
  let large: string;
  let crowded: string;
  let watched: Watched | undefined;

  const opened = async (file: string, options: Parameters<typeof open>[2] = {}): Promise<Page> => {
    watched = await open(browser, file, options);
    return watched.page;
  };

  beforeAll(async () => {
    browser = await launch();
    example = await pageOf(await worldOfEnvironment('kind-ingress'), 'kind-ingress');
    broken = await pageOf(worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]').replace('selector: { app: web }, ', 'selector: { app: wbe }, ')), 'broken');
    large = await pageOf(cluster(), 'large');
    crowded = await pageOf(worldFrom(Array.from({ length: 500 }, (_, index) => webAndService('ports: [{ port: 80, targetPort: http }]').replaceAll('web', `web${index}`).replace('readinessProbe: { httpGet: { path: /, port: http } }', '')).join('---')), 'crowded');
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    expect(watched?.noise).toEqual([]);
    await watched?.page.close();
    watched = undefined;
  });

  test('a request that is chosen lights its way, and its explanation stands beside it', async () => {
    const page = await opened(example);
    await option(page, 'http://shop.localhost:8080/blue').click();
    expect(await page.locator('#world .leg').count()).toBe(6);
    expect((await litCards(page)).sort()).toEqual([
      'Client/laptop', 'Deployment/shop/blue-service', 'Deployment/traefik/traefik', 'Ingress/shop/shop/shop.localhost', 'Node/kind-control-plane', 'Service/shop/blue-service', 'Service/traefik/traefik',
    ]);
    const details = page.getByRole('complementary', { name: 'Explanation' });
    expect(await details.locator('h2').textContent()).toBe('✓ http://shop.localhost:8080/blue from outside works: answered by Deployment shop/blue-service port 5678');
    expect(await details.locator('.step-line').count()).toBe(12);
    expect(await details.textContent()).toContain('Host port 8080 is mapped to port 30010 of node kind-control-plane.');
    expect(await page.locator('#live').textContent()).toMatch(/^http:\/\/shop\.localhost:8080\/blue from outside works.*12 steps: 1, Host port 8080/);
    expect(await page.locator('.card:not(.on)').first().evaluate((card) => Number(getComputedStyle(card).opacity))).toBeLessThan(0.5);
  });

  test('Escape clears it', async () => {
    const page = await opened(example);
    await option(page, 'http://shop.localhost:8080/blue').click();
    await page.keyboard.press('Escape');
    expect(await page.locator('#world .leg').count()).toBe(0);
    expect(await page.locator('#details').isHidden()).toBe(true);
  });

  test('where a way breaks is said at its card, in the explanation, with the fix', async () => {
    const page = await opened(broken);
    await option(page, 'tcp://web.shop:80').click();
    expect(await page.locator('.card.broken').getAttribute('data-node')).toBe('Service/shop/web');
    expect(await page.locator('.card.broken .breaks').textContent()).toBe('breaks here');
    expect(await page.locator('#details .breaks-here').textContent()).toContain('← breaks here');
    expect(await page.locator('#details .finding').textContent()).toMatch(/error SVC001.*fix: Write app: web in the selector/);
  });

  test('a finding is marked at its card by shape and text, and leads to it', async () => {
    const page = await opened(broken);
    const badge = page.locator('[data-node="Service/shop/web"] .badge.error');
    expect(await badge.textContent()).toBe('SVC001');
    expect(await badge.locator('path.sign').count()).toBe(1);
    await page.getByRole('tab', { name: 'Findings 1' }).click();
    await option(page, 'SVC001').click();
    expect(await page.locator('.selected').getAttribute('data-node')).toBe('Service/shop/web');
    expect(await page.locator('#details').textContent()).toContain('error SVC001');
  });

  test('it can be used by keyboard alone', async () => {
    const page = await opened(example);
    await page.keyboard.press('/');
    await page.keyboard.type('orders.shop');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').textContent()).toContain('http://orders.shop.localhost:8080/');
    await page.keyboard.press('Escape');
    await page.locator('#picture [tabindex="0"]').focus();
    await page.locator('[data-node="Node/kind-control-plane"]').focus();
    const walked: (string | undefined)[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await page.keyboard.press(key);
      walked.push(await focusedCard(page));
    }
    expect(walked[0]).toBe('Service/traefik/traefik');
    expect(walked[1]).toBe('Deployment/traefik/traefik');
    expect(walked[2]).toMatch(/^Ingress\/shop\/shop\//);
    expect(walked[3]).toMatch(/^Service\/shop\//);
    expect(walked[4]).toMatch(/^Deployment\/shop\//);
    await page.keyboard.press('ArrowLeft');
    expect(await focusedCard(page)).toBe(walked[3]);
    await page.keyboard.press('ArrowDown');
    expect(await focusedCard(page)).not.toBe(walked[3]);
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe(await page.evaluate(() => document.activeElement?.querySelector('.title')?.textContent));
    expect(await focusedCard(page)).toBeDefined();
  });

  test('whoever closes the explanation is back where it was opened', async () => {
    const page = await opened(example);
    await option(page, 'http://shop.localhost:8080/blue').click();
    await page.getByRole('button', { name: 'Close (Escape)' }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('list');
    await page.locator('[data-node="Service/shop/orders"]').click();
    await page.getByRole('button', { name: 'Close (Escape)' }).press('Enter');
    expect(await focusedCard(page)).toBe('Service/shop/orders');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await focusedCard(page)).toBe('Service/shop/orders');
  });

  test('arrow keys go from list to list', async () => {
    const page = await opened(broken);
    await page.getByRole('tab', { name: /Requests/ }).press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-findings');
    expect(await page.getByRole('group', { name: 'Errors' }).getByRole('option').count()).toBeGreaterThan(0);
  });

  test('requests are in groups: what comes from outside, then what pods send', async () => {
    const page = await opened(example);
    expect(await page.locator('#list [role=group]').evaluateAll((groups) => groups.map((group) => group.getAttribute('aria-label')))).toEqual(['From outside', 'From pods']);
    expect(await page.getByRole('group', { name: 'From outside' }).getByRole('option').filter({ hasText: 'pod:' }).count()).toBe(0);
  });

  test('what has the focus is seen, and has a role and a name', async () => {
    const page = await opened(example);
    for (let presses = 0; presses < 14; presses++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const at = document.activeElement;
        if (at === null || at === document.body) return undefined;
        const style = getComputedStyle(at);
        const box = at.querySelector('.box, .hit');
        return { name: at.getAttribute('aria-label') ?? at.textContent, ring: style.outlineStyle !== 'none' || (box !== null && getComputedStyle(box).strokeWidth === '3px') || at.id === 'list' };
      });
      if (seen === undefined) continue;
      expect(seen).toEqual({ name: expect.stringMatching(/\S/) as string, ring: true });
    }
    expect(await page.locator('svg [role=button]:not([aria-label])').count()).toBe(0);
  });

  test('a search finds requests and cards; nothing found is said', async () => {
    const page = await opened(example);
    const search = page.getByRole('searchbox');
    await search.fill('my-database');
    expect(await page.getByRole('option').allTextContents()).toEqual(['?tcp://my-database.shop:5432from pod:shop/* · unknown', '▢my-databaseService · ExternalName · shop', '▢my-database.example.comOutside the cluster']);
    await page.getByRole('option').nth(1).click();
    expect(await page.locator('.selected').getAttribute('data-node')).toBe('Service/shop/my-database');
    await search.fill('no such thing');
    expect(await page.locator('#list').textContent()).toBe('Nothing has these words.');
    await search.press('Escape');
    expect(await page.getByRole('option').count()).toBe(16);
  });

  test('a card tells its policies and the requests that pass', async () => {
    const page = await opened(example);
    await page.locator('[data-node="Deployment/shop/blue-service"]').click();
    const text = await page.locator('#details').textContent();
    expect(text).toContain('may call: orders of shop on 5678; traefik of traefik on 5678');
    expect(text).toContain('Everything else is denied.');
    await page.locator('#details').getByRole('button', { name: 'http://shop.localhost:8080/blue' }).click();
    expect(await page.locator('#world .leg').count()).toBe(6);
  });

  test('a namespace closes to one box and opens again; a way shows the cards it needs', async () => {
    const page = await opened(example);
    const name = page.locator('[data-namespace="shop"]');
    await name.click();
    expect(await name.getAttribute('aria-expanded')).toBe('false');
    expect(await page.locator('[data-node^="Service/shop/"]').count()).toBe(0);
    expect(await page.locator('.closed').textContent()).toContain('6 Services · 5 workloads');
    await option(page, 'http://shop.localhost:8080/blue').click();
    expect(await page.locator('[data-node="Service/shop/blue-service"]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-node="Service/shop/blue-service"]').count()).toBe(0);
    await name.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-node="Service/shop/blue-service"]').count()).toBe(1);
    expect(await page.evaluate(() => (document.activeElement as SVGElement | null)?.dataset['namespace'])).toBe('shop');
  });

  test.each(['light', 'dark'] as const)('%s: every text has a contrast of 4.5 to 1 to what it stands on', async (colorScheme) => {
    const page = await opened(broken, { colorScheme });
    await option(page, 'tcp://web.shop:80').click();
    const poor = await page.evaluate(() => {
      const channels = (color: string): number[] => (/[\d.]+/g[Symbol.match](color) ?? []).map(Number);
      const luminance = (color: string): number => {
        const [red = 0, green = 0, blue = 0] = channels(color).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const ground = (element: Element | null): string => {
        for (let at = element; at !== null; at = at.parentElement) {
          const badge = at.classList.contains('badge') || at.classList.contains('step') ? at.querySelector('rect') : at.classList.contains('card') ? at.querySelector('.box') : null;
          if (badge !== null) return getComputedStyle(badge).fill;
          const { backgroundColor } = getComputedStyle(at);
          if (channels(backgroundColor)[3] !== 0) return backgroundColor;
        }
        return 'rgb(255, 255, 255)';
      };
      return [...document.querySelectorAll('h1,h2,h3,p,span,button,li,text,input,strong,code')].flatMap((element) => {
        const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
        if (!text || element.closest('.card:not(.on), .live, [hidden]') !== null || element.classList.contains('port')) return [];
        const style = getComputedStyle(element);
        const colour = element instanceof SVGElement ? style.fill : style.color;
        const [high = 0, low = 0] = [luminance(colour), luminance(ground(element))].sort((a, b) => b - a);
        const contrast = (high + 0.05) / (low + 0.05);
        return contrast < 4.5 ? [`${element.textContent} ${colour} on ${ground(element)}: ${contrast.toFixed(1)}`] : [];
      });
    });
    expect(poor).toEqual([]);
  });

  test('it is dark where the screen is, and the button turns it', async () => {
    const page = await opened(example, { colorScheme: 'dark' });
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(15, 20, 27)');
    await page.getByRole('button', { name: 'Light / dark' }).click();
    expect(await paper()).toBe('rgb(246, 247, 249)');
  });

  test('nothing moves where motion is not wanted', async () => {
    const page = await opened(example, { reducedMotion: 'reduce' });
    await option(page, 'http://shop.localhost:8080/blue').click();
    expect(await page.locator('#world .leg').first().evaluate((leg) => getComputedStyle(leg).animationName)).toBe('none');
  });

  test('the picture is saved as an SVG that stands alone', async () => {
    const page = await opened(example);
    await option(page, 'http://shop.localhost:8080/blue').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save SVG' }).click()]);
    expect(download.suggestedFilename()).toBe('ladder.svg');
    const text = readFileSync(await download.path(), 'utf8');
    const faults = await page.evaluate((svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null, text);
    expect(faults).toBeNull();
    expect(text).toContain('class="leg"');
    expect(text).not.toContain('var(--paper)');
    expect(text).not.toContain('tabindex');
    // Saving makes a blob of the page's own.
    watched?.noise.splice(0, watched.noise.length, ...watched.noise.filter((each) => !each.startsWith('request: blob:')));
  });

  test('it can be zoomed and moved, by wheel, keys and mouse', async () => {
    const page = await opened(example);
    const transform = (): Promise<string | null> => page.locator('#world').getAttribute('transform');
    const first = await transform();
    await page.mouse.move(800, 450);
    await page.mouse.wheel(0, -400);
    const zoomed = await transform();
    expect(zoomed).not.toBe(first);
    await page.mouse.down();
    await page.mouse.move(700, 400, { steps: 4 });
    await page.mouse.up();
    expect(await transform()).not.toBe(zoomed);
    await page.locator('#fit').focus();
    await page.keyboard.press('0');
    expect(await transform()).toBe(first);
    await page.keyboard.press('+');
    expect(await transform()).not.toBe(first);
  });

  test('a narrow screen has all of it, one below the other', async () => {
    const page = await opened(example, { viewport: { width: 390, height: 844 } });
    await option(page, 'http://shop.localhost:8080/blue').click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const part of ['#list', '#picture', '#details']) expect((await page.locator(part).boundingBox())?.height).toBeGreaterThan(80);
  });

  test('a short screen, as at 200 %, is scrolled: no part of it is squeezed away', async () => {
    const page = await opened(example, { viewport: { width: 700, height: 450 } });
    await option(page, 'http://shop.localhost:8080/blue').click();
    for (const part of ['#list', '#picture', '#details']) expect((await page.locator(part).boundingBox())?.height).toBeGreaterThan(80);
  });

  test('it is printed with the explanation below the picture', async () => {
    const page = await opened(example);
    await option(page, 'http://shop.localhost:8080/blue').click();
    await page.emulateMedia({ media: 'print' });
    const [picture, details] = [await page.locator('#picture').boundingBox(), await page.locator('#details').boundingBox()];
    expect(picture?.height).toBeGreaterThan(300);
    expect(details?.y).toBeGreaterThanOrEqual((picture?.y ?? 0) + (picture?.height ?? 0));
    expect(await page.locator('#search').isVisible()).toBe(false);
  });

  test('where the system chooses the colours, the picture has them', async () => {
    const page = await opened(example, { forcedColors: 'active' });
    const colours = await page.evaluate(() => {
      const of = (selector: string): string => { const at = document.querySelector(selector); return at === null ? '' : getComputedStyle(at).fill; };
      const probe = document.body.appendChild(document.createElement('p'));
      probe.style.color = 'CanvasText';
      probe.style.backgroundColor = 'Canvas';
      const { color, backgroundColor } = getComputedStyle(probe);
      return [of('#picture .title') === color, of('#picture .card .box') === backgroundColor];
    });
    expect(colours).toEqual([true, true]);
  });

  test('names that would be markup stay names', async () => {
    const objects = hostileTexts.map((text, index) => JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: `s${index}${text}`, namespace: `n${text}` }, spec: { selector: { app: text }, ports: [{ name: text, port: 80 }] } }));
    const file = await pageOf(buildWorld(readManifests([{ file: 'x.yaml', text: objects.join('\n') }])), 'hostile');
    const page = await opened(file);
    await page.getByRole('tab', { name: /Findings/ }).click();
    await page.getByRole('option').first().click();
    expect(await page.locator('img, iframe, script:not(#data)').count()).toBe(1);
    expect(await page.locator('[data-node]').count()).toBeGreaterThanOrEqual(hostileTexts.length);
  });

  describe.each([{ width: 1280, height: 720 }, { width: 1440, height: 900 }, { width: 1920, height: 1080 }])('on a screen of $width by $height', (viewport) => {
    test('the way of a chosen request is in sight, and can be read', async () => {
      const page = await opened(example, { viewport });
      await option(page, 'http://shop.localhost:8080/blue').click();
      expect(await outOfSight(page, '.card.on')).toEqual([]);
      expect(await pixels(page)).toBeGreaterThan(9);
    });

    test('the way through a large cluster is in sight, and shows its own cards of a closed namespace', async () => {
      const page = await opened(large, { viewport });
      expect(await page.locator('.closed').count()).toBe(20);
      await page.getByRole('searchbox').fill('service-24.example');
      await option(page, 'http://service-24.example.com/').click();
      expect(await outOfSight(page, '.card.on')).toEqual([]);
      expect(await pixels(page)).toBeGreaterThan(9);
      expect(await page.locator('[data-node*="/team-04/"]').evaluateAll((cards) => cards.map((card) => (card as SVGElement).dataset['node']))).toEqual(['Deployment/team-04/service-24', 'Service/team-04/service-24', 'Ingress/team-04/service-24/service-24.example.com']);
    });

    test('a way that is lit at first is in sight', async () => {
      const world = cluster();
      const page = await opened(await pageOf(world, 'asked', [explain(world, parseRequest('http://service-24.example.com/'))]), { viewport });
      expect(await page.locator('.card.on').count()).toBe(7);
      expect(await outOfSight(page, '.card.on')).toEqual([]);
    });

    test('a chosen finding is in sight', async () => {
      const page = await opened(large, { viewport });
      await page.getByRole('tab', { name: /Findings/ }).click();
      await page.getByRole('option').last().click();
      expect(await page.locator('.selected').count()).toBe(1);
      expect(await outOfSight(page, '.selected')).toEqual([]);
    });
  });

  test.each(['the requests', 'what a search found', 'the other list'])('a click into %s, scrolled by the wheel, chooses what is under the mouse; the list stays where it is', async (which) => {
    const page = await opened(which === 'the other list' ? large : crowded, { viewport: { width: 1280, height: 720 } });
    if (which === 'what a search found') await page.getByRole('searchbox').fill('web1');
    if (which === 'the other list') await page.getByRole('tab', { name: /Findings/ }).click();
    await page.mouse.move(150, 500);
    await page.mouse.wheel(0, 900);
    const list = page.locator('#list');
    await page.waitForFunction(() => (document.getElementById('list')?.scrollTop ?? 0) === 900);
    const wanted = await page.evaluate(() => document.elementFromPoint(150, 500)?.closest('[role=option]')?.id);
    await page.mouse.down();
    await page.mouse.up();
    expect(wanted).toMatch(/^option-\d+$/);
    expect(await page.locator('#list [aria-selected=true]').evaluateAll((chosen) => chosen.map(({ id }) => id))).toEqual([wanted]);
    await page.keyboard.press('Escape');
    expect(await list.evaluate((each) => each.scrollTop)).toBe(900);
  });

  test('a laptop folds the lists while a way is explained, and unfolds them', async () => {
    const page = await opened(example, { viewport: { width: 1280, height: 720 } });
    const list = page.locator('#list');
    await option(page, 'http://shop.localhost:8080/blue').click();
    expect(await list.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('details');
    await page.getByRole('button', { name: 'Lists' }).click();
    expect(await list.isVisible()).toBe(true);
    expect(await page.locator('#details').isVisible()).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await list.isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('list');
  });

  test('one namespace with 500 Services is closed at first; a request shows its own cards, the caret all of them', async () => {
    const page = await opened(crowded, { viewport: { width: 1280, height: 720 } });
    expect(await page.locator('.closed').count()).toBe(1);
    await page.getByRole('searchbox').fill('web123.shop');
    await page.getByRole('option').first().click();
    expect(await page.locator('[data-node]').count()).toBe(3);
    expect(await pixels(page)).toBeGreaterThan(10);
    await page.locator('[data-namespace="shop"]').click();
    expect(await page.locator('[data-node^="Service/"]').count()).toBe(500);
  });

  test('500 Services open closed; one can be found, opened and followed', async () => {
    const yaml = Array.from({ length: 500 }, (_, index) => webAndService('ports: [{ port: 80, targetPort: http }]').replaceAll('namespace: shop', `namespace: team-${index % 20}`).replaceAll('web', `web${index}`)).join('---');
    const page = await opened(await pageOf(worldFrom(yaml), '500'));
    expect(await page.locator('.closed').count()).toBe(20);
    await page.getByRole('searchbox').fill('web123.team');
    await page.getByRole('option').first().click();
    expect(await page.locator('.card.on').count()).toBe(3);
    const box = await page.locator('[data-node="Service/team-3/web123"]').boundingBox();
    expect(box?.width).toBeGreaterThan(60);
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.locator('[data-node^="Service/"]').count()).toBe(500);
  });
});
