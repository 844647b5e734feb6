/** The explanation of requests and the check of manifests: everything outside this folder comes in here. */
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
export { type World, buildWorld } from './world/world';
export { type Manifest, type Manifests, type ReadingProblem, type ReadOptions, type Source, readManifests } from '../manifest/read';
