import type { Graph, Way } from '../graph';
import { grouped } from '../group';
import { marks } from './details';
import { element } from './elements';

export type Choice = { readonly kind: 'way'; readonly index: number } | { readonly kind: 'node'; readonly id: string } | { readonly kind: 'finding'; readonly index: number };

interface Entry {
  /** Entries with the same heading follow each other. */
  readonly heading: string;
  readonly choice: Choice;
  readonly words: string;
  readonly make: () => HTMLElement;
}

/** More than these of a search nobody reads. */
const mostFound = 400;

/** Requests, findings and cards: what can be chosen, filtered by what is typed. */
export class Lists {
  private readonly entries: Readonly<Record<'requests' | 'findings' | 'cards', readonly Entry[]>>;
  private active = -1;

  constructor(graph: Graph, private readonly list: HTMLElement, private readonly choose: (choice: Choice) => void) {
    this.entries = {
      requests: graph.ways.map((way, index): Entry => ({
        heading: headingOf(way), choice: { kind: 'way', index }, words: `${way.request} ${way.from} ${way.verdict} ${way.headline}`.toLowerCase(),
        make: () => option(`way ${way.verdict}`, marks[way.verdict], way.request, `from ${way.from} · ${way.verdict}`),
      })),
      findings: graph.findings.map((finding, index): Entry => ({
        heading: { error: 'Errors', warning: 'Warnings', note: 'Notes' }[finding.severity], choice: { kind: 'finding', index }, words: Object.values(finding).join(' ').toLowerCase(),
        make: () => option(`found ${finding.severity}`, { error: '✗', warning: '!', note: 'i' }[finding.severity], `${finding.id} ${finding.object}`, `${finding.severity}: ${finding.message}`),
      })),
      cards: graph.nodes.map((node): Entry => ({
        heading: 'Cards', choice: { kind: 'node', id: node.id }, words: `${node.title} ${node.caption} ${node.namespace ?? ''} ${node.rows.map(({ text }) => text).join(' ')}`.toLowerCase(),
        make: () => option('found-card', '▢', node.title, [node.caption, node.namespace].filter((part) => part !== undefined).join(' · ')),
      })),
    };
    list.addEventListener('click', (event) => {
      const chosen = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null;
      if (chosen !== null) this.pick([...this.options()].indexOf(chosen));
    });
    list.addEventListener('keydown', (event) => {
      const last = this.options().length - 1;
      const to = { ArrowDown: Math.min(last, this.active + 1), ArrowUp: Math.max(0, this.active - 1), Home: 0, End: last }[event.key];
      if (to !== undefined) this.activate(to);
      else if ((event.key === 'Enter' || event.key === ' ') && this.active >= 0) this.pick(this.active);
      else return;
      event.preventDefault();
    });
    // Not for a mouse: it is about to click, and the list must not move below it.
    list.addEventListener('focus', () => { if (list.matches(':focus-visible') && this.active < 0) this.activate(0); });
  }

  /** Shows a list, narrowed to what has all of the words; a search also looks through the cards. */
  show(which: 'requests' | 'findings', search: string): number {
    const wanted = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const fits = ({ words }: Entry): boolean => wanted.every((word) => words.includes(word));
    const found = [...this.entries[which].filter(fits), ...(wanted.length === 0 ? [] : this.entries.cards.filter(fits))].slice(0, wanted.length === 0 ? undefined : mostFound);
    this.active = -1;
    this.list.removeAttribute('aria-activedescendant');
    const made = found.map(({ make, choice, heading }, index) => {
      const item = make();
      item.id = `option-${index}`;
      item.dataset['choice'] = JSON.stringify(choice);
      return { item, heading };
    });
    const groups = [...grouped(made, ({ heading }) => heading)].map(([heading, members]) => element('li', { role: 'presentation' },
      element('div', { class: 'heading', 'aria-hidden': 'true' }, heading), element('ul', { role: 'group', 'aria-label': heading }, ...members.map(({ item }) => item))));
    this.list.scrollTop = 0;
    this.list.replaceChildren(...groups, ...(found.length === 0 ? [element('li', { class: 'none', role: 'presentation' }, wanted.length === 0 ? 'There are none.' : 'Nothing has these words.')] : []));
    return found.length;
  }

  /** Marks what is chosen, wherever it was chosen. */
  mark(choice: Choice | undefined): void {
    const wanted = JSON.stringify(choice);
    for (const each of this.options()) each.setAttribute('aria-selected', String(each.dataset['choice'] === wanted));
  }

  private options(): NodeListOf<HTMLElement> {
    return this.list.querySelectorAll('[role=option]');
  }

  private activate(index: number): void {
    this.options().forEach((each, at) => each.classList.toggle('active', at === index));
    const now = this.options()[index];
    this.active = index;
    if (now === undefined) return;
    this.list.setAttribute('aria-activedescendant', now.id);
    now.scrollIntoView({ block: 'nearest' });
  }

  private pick(index: number): void {
    const chosen = this.options()[index]?.dataset['choice'];
    this.activate(index);
    if (chosen !== undefined) this.choose(JSON.parse(chosen) as Choice);
  }
}

/** What fails, then what comes from outside, then what pods send: the order of the ways. */
function headingOf({ verdict, from }: Way): string {
  if (verdict === 'broken' || verdict === 'partial') return { broken: 'Broken', partial: 'Partial' }[verdict];
  return from.startsWith('pod:') ? 'From pods' : 'From outside';
}

function option(look: string, mark: string, title: string, note: string): HTMLElement {
  return element('li', { role: 'option', class: look, 'aria-selected': 'false' },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark), element('span', {}, element('span', { class: 'what' }, title), element('span', { class: 'note' }, note)));
}
