import type { Graph } from './graph';
import { grouped } from './group';
import type { Layout } from './layout';
import { cardHeight, size } from './size';

export interface Parts {
  readonly layout: Layout;
  /** Namespaces of which nothing is shown. */
  readonly closed: ReadonlySet<string>;
  /** Namespaces of which only some cards are shown. */
  readonly parts: ReadonlySet<string>;
}

/** Of closed namespaces the cards that are wanted, close together: on a way through a large namespace, its own cards are what can be read. */
export function withParts({ nodes }: Graph, layout: Layout, closed: ReadonlySet<string>, wanted: ReadonlySet<string>): Parts {
  const parts = grouped(nodes.filter(({ id, namespace }) => namespace !== undefined && closed.has(namespace) && wanted.has(id)), ({ namespace }) => namespace);
  const { side, top, bottom, closedWidth } = size.frame;
  const frames = { ...layout.frames };
  const cards = Object.fromEntries(nodes.flatMap(({ id, namespace }) => {
    const at = layout.cards[id];
    return namespace === undefined || at === undefined || parts.has(namespace) ? [] : [[id, at]];
  }));
  for (const [name, shown] of parts) {
    const columns = [...grouped(shown, ({ column }) => column)].sort(([a], [b]) => a - b);
    // Below the name is what else there is.
    const first = top + size.row;
    let height = 0;
    columns.forEach(([, members], index) => {
      let y = first;
      for (const node of members) {
        cards[node.id] = { x: side + index * (size.card + size.beside), y };
        y += cardHeight(node) + size.below;
      }
      height = Math.max(height, y - size.below + bottom);
    });
    frames[name] = { width: Math.max(closedWidth, 2 * side + columns.length * (size.card + size.beside) - size.beside), height, folded: false };
  }
  return { layout: { cards, frames }, closed: new Set([...closed].filter((name) => !parts.has(name))), parts: new Set(parts.keys()) };
}
