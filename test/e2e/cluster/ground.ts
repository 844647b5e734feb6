import { kindGround } from './kind-ground';
import { labGround } from './lab-ground';
import type { Place } from './place';

/** What the cluster stands on: how to run something where its nodes are, and how to bring an image in. */
export interface Ground {
  /** The address that nodes see the host come from. */
  readonly hostAddress: string;
  /** The command that runs the stand-in program at a place. */
  command(place: Place, args: readonly string[]): readonly string[];
  /** What a shell needs for the commands of the documentation, which are typed on a laptop with kind: functions in place of programs. */
  readonly shell: string;
  /** Makes an image of this name on every node that runs the stand-in on these ports, whatever its command. */
  loadStandIn(image: StandInImage): void;
  /** Makes the real Traefik runnable under this name, where a node cannot pull it by itself. */
  loadTraefik(image: string): void;
}

/** An image of the stand-in program: its ports, and the other paths that a command may call it by. */
export interface StandInImage {
  readonly image: string;
  readonly ports: readonly number[];
  readonly paths: readonly string[];
  /** Does the image that it stands in for have curl and cat, for `kubectl exec`? */
  readonly curl?: boolean;
}

/** Does something here give Services of type LoadBalancer an address? */
export const hasLoadBalancers = process.env.LAB !== undefined;

/** `LAB` names the lab's program; without it the cluster is kind's, in Docker. */
export function ground(): Ground {
  if (!process.env.KUBECONFIG) throw new Error('KUBECONFIG is not set: name the kubeconfig of a cluster made for this suite (see docs/proof.md).');
  return process.env.LAB ? labGround(process.env.LAB) : kindGround();
}
