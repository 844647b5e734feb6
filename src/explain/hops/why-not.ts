import { type FrontService, isTraefik } from './ingress-backend';

interface Ranked {
  readonly rank: readonly number[];
}

/** Why another rule took the request. */
export function whyNot({ rank: [priority] }: Ranked, { rank: [winning] }: Ranked, front: FrontService): string {
  if (!isTraefik(front)) return 'less specific';
  return priority === winning ? `priority ${priority} to Traefik, the same` : `priority ${priority} to Traefik, less than ${winning}`;
}
