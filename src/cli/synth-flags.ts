import type { GitOpsTool } from '../render/gitops';

/** The flags of `synth`. */
export interface SynthFlags {
  readonly app?: string;
  readonly out: string;
  readonly check?: boolean;
  readonly stdout?: boolean;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly findings: boolean;
  readonly gitops?: GitOpsTool;
  readonly repo?: string;
  readonly revision?: string;
  readonly path?: string;
}
