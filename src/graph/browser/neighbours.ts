import type { Arrangement } from '../arrange';
import type { Graph } from '../graph';
import type { Box } from '../size';

export type Direction = 'left' | 'right' | 'up' | 'down';

export const frameKey = (namespace: string): string => `frame:${namespace}`;

/** Where the arrow keys go: to the sides along an edge where there is one, else to what is nearest that way. Frames are places too. */
export function neighbour(graph: Graph, arrangement: Arrangement, from: string, direction: Direction): string | undefined {
  const places = new Map<string, Box>([...arrangement.cards]);
  for (const [name, { x, y, width }] of arrangement.frames) places.set(frameKey(name), { x, y, width: Math.min(width, 256), height: 40 });
  const here = places.get(from);
  if (here === undefined) return undefined;
  const linked = direction === 'right' ? graph.edges.filter((edge) => edge.from === from && edge.kind !== 'call').map(({ to }) => to)
    : direction === 'left' ? graph.edges.filter((edge) => edge.to === from && edge.kind !== 'call').map(({ from: source }) => source) : [];
  const near = (keys: Iterable<string>): string | undefined => {
    let best: { key: string; far: number } | undefined;
    for (const key of keys) {
      const box = places.get(key);
      const far = box === undefined || key === from ? undefined : distance(here, box, direction);
      if (far !== undefined && (best === undefined || far < best.far)) best = { key, far };
    }
    return best?.key;
  };
  return near(linked) ?? near(places.keys());
}

/** How far a box is in a direction; straight ahead counts less than aside. */
function distance(from: Box, to: Box, direction: Direction): number | undefined {
  const middle = ({ x, y, width, height }: Box): [number, number] => [x + width / 2, y + height / 2];
  const [x1, y1] = middle(from);
  const [x2, y2] = middle(to);
  const [ahead, aside] = { left: [x1 - x2, y1 - y2], right: [x2 - x1, y1 - y2], up: [y1 - y2, x1 - x2], down: [y2 - y1, x1 - x2] }[direction] as [number, number];
  return ahead <= 4 ? undefined : ahead + 3 * Math.abs(aside);
}
