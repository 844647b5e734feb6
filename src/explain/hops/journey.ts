import type { Manifest } from '../../manifest/read';
import type { Draft } from '../findings/draft';
import type { Origin, Request } from '../request';
import type { RunningController } from '../world/controllers';
import type { Pod } from '../world/pods';
import type { World } from '../world/world';

/** Who sends the packets of the current stretch: the client, or the proxy that took over from it. */
export type Sender =
  | { readonly kind: 'outside' }
  | { readonly kind: 'laptop' }
  /** A node, for itself or for a pod of its own whose connection it passes on with its address. */
  | { readonly kind: 'node'; readonly name: string | undefined; readonly passesOn?: Pod }
  /** Replicas of a workload of the input. */
  | { readonly kind: 'pod'; readonly pods: readonly [Pod, ...Pod[]] }
  /** A pod that is not in the input, of which at most the namespace is known. */
  | { readonly kind: 'unseen-pod'; readonly namespace: string; readonly name: string | undefined }
  /** Any client of the namespace that may: asks whether somebody gets through. */
  | { readonly kind: 'anyone'; readonly namespace: string }
  /** An ingress controller or a Gateway's data plane. */
  | { readonly kind: 'controller'; readonly name: string; readonly running: RunningController | undefined; readonly managed: boolean; readonly sources?: readonly string[] | undefined };

/** One request on its way: what it is, and what was noticed. */
export interface Journey {
  readonly world: World;
  readonly request: Request;
  readonly origin: Origin;
  /** The namespace of short names. */
  readonly namespace: string;
  report(draft: Draft): void;
  assume(text: string): void;
  /** Notes that the way leads over an object, so that what is wrong with it is told. */
  visit(manifest: Manifest): void;
}

/** The same way, for what would be on it if it were taken. */
export function silently(journey: Journey): Journey {
  return { ...journey, report: () => undefined, assume: () => undefined, visit: () => undefined };
}

/** What a journey notices. */
export interface Notes {
  readonly drafts: Draft[];
  readonly assumptions: Set<string>;
  readonly visited: Set<Manifest>;
}

export function isInside(sender: Sender): boolean {
  return sender.kind === 'pod' || sender.kind === 'unseen-pod' || sender.kind === 'anyone' || sender.kind === 'controller';
}

export function senderText(sender: Sender): string {
  switch (sender.kind) {
    case 'outside': return 'a client outside';
    case 'laptop': return 'the laptop';
    case 'node': return `node ${sender.name ?? ''}`.trim();
    case 'pod': return `${sender.pods[0].workload.kind} ${sender.pods[0].workload.namespace}/${sender.pods[0].workload.name}`;
    case 'unseen-pod': return `pod ${sender.namespace}/${sender.name ?? '*'}`;
    case 'anyone': return `a pod of namespace ${sender.namespace}`;
    case 'controller': return sender.name;
    default: { const never: never = sender; return never; }
  }
}
