import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type Profile, type World, buildWorld, parseProfile } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

/** What a request of the table must come to; what is left out is not asserted. */
export interface ExpectedRequest {
  readonly request: string;
  readonly note?: string;
  readonly from?: string;
  readonly via?: string;
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly verdict: string;
  readonly symptom?: string;
  readonly status?: number;
  /** `namespace/name:port`, or several; `none` for none. */
  readonly backend?: string | readonly string[];
  readonly finding?: string;
  /** Ids that must not be among the findings. */
  readonly silent?: readonly string[];
}

/** Manifests, requests to them, and what check must and must not say. */
export interface Case {
  readonly title: string;
  readonly manifest: string;
  readonly profile?: object;
  readonly requests?: readonly ExpectedRequest[];
  /** Ids of findings, and every request that is listed as broken. */
  readonly check?: { readonly finds?: readonly string[]; readonly silent?: readonly string[]; readonly broken?: readonly string[] };
}

const folder = join(__dirname, 'cases');

export const tables: readonly { readonly file: string; readonly cases: readonly Case[] }[] = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()
  .map((file) => ({ file, cases: load(readFileSync(join(folder, file), 'utf8')) as Case[] }));

/** The world of a case, as the command line would build it. */
export function worldOf({ manifest, profile }: Case): World {
  const manifests = readManifests([{ file: 'case.yaml', text: manifest }]);
  if (manifests.problems.length > 0) throw new Error(JSON.stringify(manifests.problems));
  const given: Profile = profile === undefined ? {} : parseProfile(JSON.stringify(profile));
  return buildWorld(manifests, given);
}
