import { type Box, size } from './size';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A level at which a line passes a column of cards. */
export interface Lane {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Where a line to the right passes the columns between its ends, above, between or below their cards. None: it meets no card, and needs no lanes. */
export function lanesBetween(cards: Iterable<Box>, from: Point, to: Point): readonly Lane[] {
  const between = [...cards].filter(({ x, width }) => x > from.x && x + width < to.x).sort((a, b) => a.x - b.x);
  if (!between.some((box) => meets(from, to, box))) return [];
  const columns: { left: number; right: number; boxes: Box[] }[] = [];
  for (const box of between) {
    const last = columns.at(-1);
    if (last === undefined || box.x >= last.right) columns.push({ left: box.x, right: box.x + box.width, boxes: [box] });
    else {
      last.boxes.push(box);
      last.right = Math.max(last.right, box.x + box.width);
    }
  }
  return columns.map(({ left, right, boxes }) => {
    const straight = from.y + ((to.y - from.y) * ((left + right) / 2 - from.x)) / (to.x - from.x);
    const free = (y: number): boolean => !boxes.some((box) => y > box.y - 5 && y < box.y + box.height + 5);
    const levels = [straight, ...boxes.flatMap((box) => [box.y - size.below / 2, box.y + box.height + size.below / 2])].filter(free);
    return { left, right, y: levels.reduce((best, y) => (Math.abs(y - straight) < Math.abs(best - straight) ? y : best)) };
  });
}

/** Does the curve between two points go over a card? */
function meets(from: Point, to: Point, { x, y, width, height }: Box): boolean {
  const reach = reachOf(from.x, to.x);
  return Array.from({ length: 31 }, (_, index) => (index + 1) / 32).some((t) => {
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const [atX, atY] = [a * from.x + b * (from.x + reach) + c * (to.x - reach) + d * to.x, (a + b) * from.y + (c + d) * to.y];
    return atX > x && atX < x + width && atY > y && atY < y + height;
  });
}

/** How far a curve goes on level where it leaves and where it arrives. */
export function reachOf(x1: number, x2: number): number {
  return Math.max(28, Math.abs(x2 - x1) * 0.5);
}
