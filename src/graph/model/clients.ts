import { clients } from '../graph';
import type { Sketch } from './sketch';

const cards: Readonly<Record<keyof typeof clients, { readonly caption: string; readonly title: string }>> = {
  internet: { caption: 'Outside', title: 'Internet' },
  laptop: { caption: 'Your machine', title: 'Laptop' },
  network: { caption: 'Inside your network', title: 'Private clients' },
  pods: { caption: 'Inside the cluster', title: 'Other pods' },
};

/** Whoever sends requests and is no object of the input. */
export function client(sketch: Sketch, which: keyof typeof clients): string {
  return sketch.add({ id: clients[which], kind: 'client', ...cards[which] });
}
