/**
 * The explanation of requests and the check of manifests: everything outside this folder comes in here. Read manifests, build a
 * world of them once, ask it as often as you like.
 *
 * @module service-ladder/explain
 */
export { type FindingRule, catalogue, findingRule } from './findings/catalogue';
export { type CheckOptions, check } from './check/check';
export { type ExplainOptions, explain } from './explain';
export {
  type Platform, type PortMapping, type Profile, type ProfileNode, type ProxyMode, parseProfile, platforms, profileOfKindConfig, proxyModes,
} from './profile';
export { type Origin, type Request, type RequestFlags, originText, parseRequest } from './request';
export type {
  Alternative, Backend, CheckReport, Finding, Hop, HopKind, ObjectRef, Severity, Symptom, Trace, Verdict,
} from './trace';
export { type Fields } from '../manifest/fields';
export { type FieldPath } from '../manifest/yaml';
export { type World, buildWorld } from './world/world';
export { type Manifest, type Manifests, type ReadingProblem, type ReadOptions, type Source, readManifests } from '../manifest/read';
