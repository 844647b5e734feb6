import type { Graph } from './graph';
import type { Layout } from './layout';

/** What the page carries with it. */
export interface PageData {
  readonly graph: Graph;
  readonly layout: Layout;
  /** Namespaces that are closed at first. */
  readonly closed: readonly string[];
  /** The way that is lit at first. */
  readonly way?: number;
}
