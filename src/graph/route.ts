import type { Arrangement } from './arrange';
import type { GraphEdge, GraphNode } from './graph';
import { type Point, lanesBetween, reachOf } from './lanes';
import { type Box, rowMiddle, size } from './size';

/** A line between two cards, or the closed frames they are in. */
export interface Line {
  readonly d: string;
  /** Where it ends, and whether it comes from the left. */
  readonly x: number;
  readonly y: number;
  readonly rightwards: boolean;
  readonly startX: number;
  readonly startY: number;
  /** Lines with the same key lie on each other. */
  readonly key: string;
  /** Is one end a frame? */
  readonly bundled: boolean;
}

/** Finds lines in an arrangement. */
export class Router {
  private readonly nodes: ReadonlyMap<string, GraphNode>;

  constructor(nodes: readonly GraphNode[], private readonly arrangement: Arrangement, private readonly folded: ReadonlySet<string>) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
  }

  /** The line of an edge; with `exact`, to the card itself although its namespace is too large for a line to each of its cards. */
  line(edge: Pick<GraphEdge, 'from' | 'to' | 'fromRow' | 'toRow'>, exact = false): Line | undefined {
    const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)];
    if (from === undefined || to === undefined) return undefined;
    const crosses = from.namespace !== to.namespace;
    const start = this.end(from, edge.fromRow, crosses && !exact);
    const end = this.end(to, edge.toRow, crosses && !exact);
    if (start === undefined || end === undefined || start.key === end.key || (!crosses && start.isFrame !== end.isFrame)) return undefined;
    return { ...between(start, end, this.arrangement.cards.values()), key: `${start.key}>${end.key}`, bundled: start.isFrame || end.isFrame };
  }

  private end(node: GraphNode, row: number | undefined, bundle: boolean): End | undefined {
    const { cards, frames } = this.arrangement;
    const card = cards.get(node.id);
    const frame = node.namespace === undefined ? undefined : frames.get(node.namespace);
    if (card !== undefined && !(bundle && node.namespace !== undefined && this.folded.has(node.namespace))) {
      return { box: card, y: card.y + rowMiddle(node, row), key: `${node.id}/${row ?? ''}`, isFrame: false };
    }
    return frame === undefined ? undefined : { box: frame, y: frame.y + Math.min(frame.height, size.frame.closedHeight) / 2, key: `frame/${node.namespace}`, isFrame: true };
  }
}

interface End {
  readonly box: Box;
  readonly y: number;
  readonly key: string;
  readonly isFrame: boolean;
}

const at = (value: number): string => String(Math.round(value * 10) / 10);

/** Length of an arrow's head. */
const head = 7;

/** From the right side to the left one, past the cards between; back to what is on the left; and around where one is above the other. */
function between(start: End, end: End, cards: Iterable<Box>): Pick<Line, 'd' | 'x' | 'y' | 'rightwards' | 'startX' | 'startY'> {
  const right = ({ box }: End): number => box.x + box.width;
  if (end.box.x >= right(start) - 1) return rightwards({ x: right(start), y: start.y }, { x: end.box.x, y: end.y }, start.isFrame || end.isFrame ? [] : cards);
  if (right(end) <= start.box.x + 1) return curve(start.box.x, start.y, right(end), end.y, -1, 1);
  return curve(start.box.x, start.y, end.box.x, end.y, -1, -1);
}

/** One curve, or one to each lane and from the last. */
function rightwards(from: Point, to: Point, cards: Iterable<Box>): ReturnType<typeof curve> {
  const lanes = lanesBetween(cards, from, { x: to.x - head, y: to.y });
  const whole = curve(from.x, from.y, to.x, to.y, 1, -1);
  if (lanes.length === 0) return whole;
  const apart = 10;
  const ends = [...lanes.map(({ left, y }) => ({ x: left - apart, y })), { x: to.x - head, y: to.y }];
  const starts = [from, ...lanes.map(({ right, y }) => ({ x: right + apart, y }))];
  const d = ends.map((end, index) => {
    const start = starts[index] ?? from;
    const reach = reachOf(start.x, end.x);
    return `${index === 0 ? `M${at(start.x)} ${at(start.y)}` : `H${at(start.x)}`}C${at(start.x + reach)} ${at(start.y)} ${at(end.x - reach)} ${at(end.y)} ${at(end.x)} ${at(end.y)}`;
  }).join('');
  return { ...whole, d };
}

/** A curve that leaves and arrives level; each side says where it goes to from there. */
function curve(x1: number, y1: number, x2: number, y2: number, leaves: 1 | -1, arrives: 1 | -1): Pick<Line, 'd' | 'x' | 'y' | 'rightwards' | 'startX' | 'startY'> {
  const tip = x2 + arrives * head;
  const reach = leaves === arrives ? 60 : reachOf(x1, tip);
  const d = Math.abs(y1 - y2) < 0.5 && leaves !== arrives ? `M${at(x1)} ${at(y1)}H${at(tip)}`
    : `M${at(x1)} ${at(y1)}C${at(x1 + leaves * reach)} ${at(y1)} ${at(tip + arrives * reach)} ${at(y2)} ${at(tip)} ${at(y2)}`;
  return { d, x: x2, y: y2, rightwards: arrives === -1, startX: x1, startY: y1 };
}
