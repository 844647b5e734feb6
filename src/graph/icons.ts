import type { GraphNode } from './graph';
import { type Shape, shape } from './shape';

const path = (d: string): Shape => shape('path', { d });
const circle = (cx: number, cy: number, r: number): Shape => shape('circle', { cx, cy, r });
const rect = (x: number, y: number, width: number, height: number, rx = 1.5): Shape => shape('rect', { x, y, width, height, rx });

const pictures: Readonly<Record<string, readonly Shape[]>> = {
  internet: [circle(8, 8, 6.2), path('M1.8 8h12.4M8 1.8c2 1.9 2.8 4 2.8 6.2S10 12.3 8 14.2C6 12.3 5.2 10.2 5.2 8S6 3.7 8 1.8')],
  laptop: [rect(3, 3, 10, 7.5), path('M1.5 13h13')],
  network: [circle(8, 3.6, 1.9), circle(3.6, 12, 1.9), circle(12.4, 12, 1.9), path('M7.1 5.4 4.5 10.2M8.9 5.4l2.6 4.8M5.6 12h4.8')],
  pods: [path('M8 1.8 13.6 4.9v6.2L8 14.2 2.4 11.1V4.9zM2.4 4.9 8 8l5.6-3.1M8 8v6.2')],
  balancer: [circle(3.2, 8, 1.7), circle(12.8, 3.2, 1.7), circle(12.8, 8, 1.7), circle(12.8, 12.8, 1.7), path('M5 8h6M4.7 7.2 11.3 3.9M4.7 8.8l6.6 3.3')],
  node: [rect(2, 2.5, 12, 4.6), rect(2, 8.9, 12, 4.6), path('M4.6 4.8h.1M4.6 11.2h.1')],
  gateway: [path('M2.5 14V6.5a5.5 5.5 0 0 1 11 0V14M5.8 14V7a2.2 2.2 0 0 1 4.4 0v7M1.5 14h13')],
  rule: [path('M8 14.5V1.5M8 3h4.8l1.7 1.7-1.7 1.7H8M8 7.6H3.2L1.5 9.3 3.2 11H8')],
  service: [circle(8, 8, 2.3), path('M8 5.7V1.7M8 14.3v-4M5.7 8h-4M14.3 8h-4')],
  workload: [path('M8 1.8 13.6 4.9v6.2L8 14.2 2.4 11.1V4.9zM2.4 4.9 8 8l5.6-3.1M8 8v6.2')],
  external: [path('M6.5 3.5h-4v10h10v-4M9 2h5v5M14 2 7.5 8.5')],
};

/** A sign for what a card is, about 15 by 15. */
export function icon({ kind, id }: Pick<GraphNode, 'kind' | 'id'>): Shape {
  const name = kind === 'client' ? id.replace('Client/', '') : kind;
  return shape('g', { class: 'icon', transform: 'translate(12 7) scale(.92)' }, ...(pictures[name] ?? []));
}

/** A padlock, 12 by 12. */
export function lock(x: number, y: number): Shape {
  return shape('g', { class: 'lock', transform: `translate(${x} ${y})` }, shape('rect', { x: 1, y: 5, width: 10, height: 7, rx: 1.5 }), path('M3.2 5V3.6a2.8 2.8 0 0 1 5.6 0V5'));
}

/** ✗, ! or i: what a finding is, without its colour. */
export function sign(severity: 'error' | 'warning' | 'note'): Shape {
  const d = { error: 'M1.5 1.5l6 6M7.5 1.5l-6 6', warning: 'M4.5.8v4.6M4.5 8v.2', note: 'M4.5 3.6v4.6M4.5.9v.2' }[severity];
  return shape('path', { class: 'sign', d, fill: 'none', 'stroke-width': 1.8, 'stroke-linecap': 'round' });
}
