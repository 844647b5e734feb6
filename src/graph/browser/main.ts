import type { PageData } from '../page-data';
import { draw } from '../scene';
import type { Box } from '../size';
import { renderSvg } from '../svg';
import { Canvas } from './canvas';
import { findingView, nodeDetails, wayDetails } from './details';
import { byId, drawn, element } from './elements';
import { type Choice, Lists } from './lists';
import { type Direction, frameKey, neighbour } from './neighbours';

const { graph, layout, ...initial } = JSON.parse(byId('data').textContent ?? '') as PageData;
const svg = byId('picture') as unknown as SVGSVGElement;
const world = byId('world') as unknown as SVGGElement;
const [details, search, live] = [byId('details'), byId('search') as HTMLInputElement, byId('live')];

let closed: ReadonlySet<string> = new Set(initial.closed);
let choice: Choice | undefined;
let tab: 'requests' | 'findings' = 'requests';
let focused: string | undefined;
let scene = draw(graph, layout, { closed, interactive: true });

const canvas = new Canvas(svg, world, byId('tools'), byId('legend'));
const lists = new Lists(graph, byId('list'), choose);
const nodes = new Map(graph.nodes.map((node) => [node.id, node]));

function way() {
  return choice?.kind === 'way' ? graph.ways[choice.index] : undefined;
}

/** The card that is chosen, or that a chosen finding is at. */
function chosenNode(): string | undefined {
  if (choice?.kind === 'node') return choice.id;
  return choice?.kind === 'finding' ? graph.findings[choice.index]?.nodes[0] : undefined;
}

function redraw(): void {
  const inPicture = world.contains(document.activeElement);
  scene = draw(graph, layout, { closed, way: way(), selected: chosenNode(), interactive: true });
  world.replaceChildren(...scene.shapes.map(drawn));
  canvas.keep(subject());
  const selected = chosenNode();
  if (selected !== undefined) world.querySelector(`[data-node="${CSS.escape(selected)}"]`)?.classList.add('selected');
  settleFocus();
  if (inPicture) world.querySelector<SVGElement>('[tabindex="0"]')?.focus({ preventScroll: true });
}

/** One place of the picture is in the tab order; the arrow keys move it. */
function settleFocus(): void {
  const at = focused === undefined ? null : placeOf(focused);
  (at ?? world.querySelector('[tabindex]'))?.setAttribute('tabindex', '0');
}

function placeOf(key: string): SVGElement | null {
  return key.startsWith('frame:') ? world.querySelector(`[data-namespace="${CSS.escape(key.slice('frame:'.length))}"]`) : world.querySelector(`[data-node="${CSS.escape(key)}"]`);
}

function focusOn(key: string): void {
  focused = key;
  world.querySelectorAll('[tabindex="0"]').forEach((each) => each.setAttribute('tabindex', '-1'));
  const place = placeOf(key);
  place?.setAttribute('tabindex', '0');
  const box = key.startsWith('frame:') ? scene.arrangement.frames.get(key.slice('frame:'.length)) : scene.arrangement.cards.get(key);
  if (box !== undefined) canvas.show(key.startsWith('frame:') ? { ...box, height: 40, width: Math.min(box.width, 256) } : box);
  place?.focus({ preventScroll: true });
}

function all(): Box {
  return { x: 0, y: 0, width: scene.width, height: scene.height };
}

/** What is to be seen while nobody has moved the picture: the way that is lit, or all of it. */
function subject(): Box {
  const lit = way();
  const cards = lit === undefined ? [] : [lit.start, ...lit.links.flatMap(({ from, to }) => [from, to]), ...lit.steps.map(({ node }) => node)];
  const boxes = cards.flatMap((id) => scene.arrangement.cards.get(id) ?? []);
  if (boxes.length === 0) return all();
  const beside = 16;
  const [x, y] = [Math.min(...boxes.map((box) => box.x)) - beside, Math.min(...boxes.map((box) => box.y)) - beside];
  return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) + beside - x, height: Math.max(...boxes.map((box) => box.y + box.height)) + beside - y };
}

function choose(next: Choice | undefined): void {
  const fromLists = byId('side').contains(document.activeElement);
  choice = next;
  const lit = way() !== undefined;
  document.body.classList.toggle('folded', lit);
  redraw();
  showDetails();
  const selected = chosenNode();
  const box = selected === undefined ? undefined : scene.arrangement.cards.get(selected);
  if (lit) canvas.fitWhole(subject());
  else if (box !== undefined) canvas.show(box);
  lists.mark(choice);
  if (fromLists && byId('list').offsetParent === null) details.focus();
}

/** Nothing is chosen any more; whoever was in the explanation is back where they came from. */
function clear(): void {
  const inside = details.contains(document.activeElement);
  const card = choice?.kind === 'node' ? choice.id : undefined;
  choose(undefined);
  if (!inside) return;
  if (card === undefined) byId('list').focus();
  else focusOn(card);
}

function showDetails(): void {
  const leads = { toNode: (id: string) => focusOn(id), toWay: (index: number) => choose({ kind: 'way', index }) };
  const lit = way();
  const node = choice?.kind === 'node' ? nodes.get(choice.id) : undefined;
  const finding = choice?.kind === 'finding' ? graph.findings[choice.index] : undefined;
  const content = lit !== undefined ? wayDetails(graph, lit, leads) : node !== undefined ? nodeDetails(graph, node, leads) : finding !== undefined ? [findingView(finding)] : [];
  const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close (Escape)' }, '×');
  details.replaceChildren(...(content.length === 0 ? [] : [close, ...content]));
  details.hidden = content.length === 0;
  document.body.classList.toggle('with-details', content.length > 0);
  close.addEventListener('click', clear);
  live.textContent = lit !== undefined ? `${lit.headline}. ${lit.steps.length} steps: ${lit.steps.map(({ number, text }) => `${number}, ${text}`).join(' ')}` : node !== undefined ? `${node.caption} ${node.title} chosen` : finding !== undefined ? `${finding.severity} ${finding.id}: ${finding.message}` : 'Nothing chosen';
}

function toggle(namespace: string): void {
  const next = new Set(closed);
  if (!next.delete(namespace)) next.add(namespace);
  closeOnly(next);
}

function closeOnly(names: ReadonlySet<string>): void {
  closed = names;
  redraw();
}

function fit(): void {
  canvas.fitWhole(all());
}

function showList(): void {
  const count = lists.show(tab, search.value);
  for (const name of ['requests', 'findings'] as const) {
    byId(`tab-${name}`).setAttribute('aria-selected', String(name === tab));
    byId(`tab-${name}`).tabIndex = name === tab ? 0 : -1;
  }
  byId('count').textContent = search.value === '' ? '' : `${count} found`;
  lists.mark(choice);
}

function isDark(): boolean {
  return (document.documentElement.dataset['theme'] ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
}

/** The picture as a file, as it is seen: the same namespaces closed, the same way lit. */
function exportSvg(): void {
  const text = renderSvg(graph, layout, { title: document.title, way: way(), closed });
  const link = element('a', { href: URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' })), download: 'ladder.svg' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const actions: Readonly<Record<string, () => void>> = {
  'zoom-in': () => canvas.zoom(1.25), 'zoom-out': () => canvas.zoom(0.8), fit,
  'close-all': () => { closeOnly(new Set(graph.namespaces.map(({ name }) => name))); fit(); },
  'open-all': () => { closeOnly(new Set()); fit(); },
  unfold: () => { document.body.classList.remove('folded'); byId('list').focus(); },
  theme: () => { document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark'; },
  export: exportSvg,
};
for (const [id, act] of Object.entries(actions)) byId(id).addEventListener('click', act);
for (const [name, other] of [['requests', 'findings'], ['findings', 'requests']] as const) {
  byId(`tab-${name}`).addEventListener('click', () => { tab = name; showList(); });
  byId(`tab-${name}`).addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    byId(`tab-${other}`).click();
    byId(`tab-${other}`).focus();
  });
}
search.addEventListener('input', showList);
search.addEventListener('keydown', (event) => { if (event.key === 'ArrowDown') { event.preventDefault(); byId('list').focus(); } });

svg.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const node = target?.closest<SVGElement>('[data-node]')?.dataset['node'];
  const namespace = target?.closest<SVGElement>('[data-namespace]')?.dataset['namespace'];
  focused = node ?? (namespace === undefined ? focused : frameKey(namespace));
  if (node !== undefined) choose({ kind: 'node', id: node });
  else if (namespace !== undefined) toggle(namespace);
  if (focused !== undefined && (node ?? namespace) !== undefined) placeOf(focused)?.focus({ preventScroll: true });
});

svg.addEventListener('keydown', (event) => {
  const at = document.activeElement instanceof SVGElement ? document.activeElement : undefined;
  const key = at?.dataset['node'] ?? (at?.dataset['namespace'] === undefined ? undefined : frameKey(at.dataset['namespace']));
  if (key === undefined) return;
  const direction = ({ ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as Readonly<Record<string, Direction>>)[event.key];
  if (direction !== undefined) {
    const next = neighbour(graph, scene.arrangement, key, direction);
    if (next !== undefined) focusOn(next);
  } else if (event.key === 'Enter' || event.key === ' ') {
    focused = key;
    if (key.startsWith('frame:')) toggle(key.slice('frame:'.length));
    else choose({ kind: 'node', id: key });
    focusOn(key);
  } else return;
  event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  const typing = event.target === search;
  if (event.key === 'Escape') {
    if (typing && search.value !== '') { search.value = ''; showList(); } else clear();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = ({ '/': () => search.focus(), '+': actions['zoom-in'], '=': actions['zoom-in'], '-': actions['zoom-out'], '0': fit } as Readonly<Record<string, (() => void) | undefined>>)[event.key];
  if (act === undefined) return;
  act();
  event.preventDefault();
});

// Without the program the picture fits by itself; with it, the canvas scales.
svg.removeAttribute('viewBox');
showList();
redraw();
fit();
if (initial.way !== undefined) choose({ kind: 'way', index: initial.way });
