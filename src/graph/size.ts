import type { GraphNode } from './graph';

/** Measures of the picture, in pixels at its own scale. */
export const size = {
  card: 196, client: 136, head: 46, row: 20, place: 18, foot: 6,
  /** Between two cards of a column, and between two columns: wide enough for a port and an arrow. */
  below: 18, beside: 62,
  /** Inside the frame of a namespace. */
  frame: { side: 16, top: 46, bottom: 20, closedWidth: 264, closedHeight: 60 },
  /** Between the columns of a namespace that is folded like a newspaper, and between two namespaces. */
  fold: 56, apart: 24,
  /** Between clients, ways in, fronts, namespaces and the outside. */
  zone: 66, margin: 24, caption: 30,
} as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function cardHeight({ rows, places }: Pick<GraphNode, 'rows' | 'places'>): number {
  return size.head + places.length * size.place + (places.length > 0 && rows.length === 0 ? size.foot : 0) + (rows.length > 0 ? rows.length * size.row + size.foot : 0);
}

/** The middle of a row, from the card's top; of the head without one. */
export function rowMiddle({ places }: Pick<GraphNode, 'places'>, row: number | undefined): number {
  return row === undefined ? size.head / 2 : size.head + places.length * size.place + (row + 0.5) * size.row;
}

export function cardWidth({ kind }: Pick<GraphNode, 'kind'>): number {
  return kind === 'client' ? size.client : size.card;
}
