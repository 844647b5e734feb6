import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import type { EdgeKind, GraphEdge, GraphNode } from '../graph';

/** Columns of a namespace: the front's Service and pods, then what they route by, then what they route to. */
export const columns = { frontService: 0, frontWorkload: 1, gateway: 2, rule: 3, service: 4, workload: 5 } as const;

/** What a part of the picture says of a card; the rest has defaults. */
export type NodeDraft = Pick<GraphNode, 'id' | 'kind' | 'caption' | 'title'> & Partial<Omit<GraphNode, 'findings' | 'place'>> & {
  /** Objects that it stands for: their findings are its own. */
  readonly objects?: readonly Manifest[];
  /** The parts of the object that it stands for, where other cards stand for the others. */
  readonly parts?: readonly FieldPath[];
};

/** Cards and edges while they are collected. Everything is there once, in the order it came. */
export class Sketch {
  readonly nodes = new Map<string, NodeDraft>();
  /** Cards by what they stand for beside their own object: pods of a workload, and addresses with the port. */
  readonly standIns = new Map<string, string>();
  private readonly links = new Map<string, GraphEdge>();

  add(node: NodeDraft): string {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node);
    return node.id;
  }

  /** An edge; given twice, it is the first. */
  link(from: string, to: string, more: { readonly kind?: EdgeKind; readonly fromRow?: number | undefined; readonly toRow?: number | undefined; readonly port?: number | undefined } = {}): void {
    const { kind = 'way', fromRow, toRow, port } = more;
    const key = [from, fromRow, to, toRow, kind].join('\0');
    if (this.links.has(key)) return;
    this.links.set(key, {
      from, to, kind, ...(fromRow === undefined ? {} : { fromRow }), ...(toRow === undefined ? {} : { toRow }), ...(port === undefined ? {} : { port }),
    });
  }

  /** Edges whose both ends are there. */
  edges(): GraphEdge[] {
    return [...this.links.values()].filter(({ from, to }) => this.nodes.has(from) && this.nodes.has(to));
  }

  /** Cards that some edge leads to. */
  targets(): ReadonlySet<string> {
    return new Set([...this.links.values()].map(({ to }) => to));
  }
}

/** Row of a list by a test; undefined for none, so that the edge goes to the card's head. */
export function rowWhere<T>(rows: readonly T[], test: (row: T) => boolean): number | undefined {
  const index = rows.findIndex(test);
  return index < 0 ? undefined : index;
}
