import { type Request, originText } from './request';
import type { Trace } from './trace';
import type { World } from './world/world';

export interface ExplainOptions {
  /**
   * The namespace whose short names a request from outside a pod means, such as `http://blue-service`.
   *
   * @default default
   */
  readonly namespace?: string;
}

/** Follows a request through the world. */
export function explain(_world: World, request: Request, _options: ExplainOptions = {}): Trace {
  return {
    request: request.text, from: originText(request.from ?? { kind: 'outside' }), verdict: 'unknown', symptom: null, backends: [], hops: [],
    findings: [], assumptions: [],
  };
}
