import type { IConstruct } from 'constructs';
import { type Complaint, complaint, locate, ProblemError } from '../model/problem';

/** Whether @pulumi/pulumi marked this as an Output. */
export function isOutput(value: object): boolean {
  return '__pulumiOutput' in value;
}

/** What is said of an Output, wherever it is found. */
export function outputComplaint(field: string): Complaint {
  return complaint(
    'PULUMI_OUTPUT', field, undefined, 'A Pulumi Output has no value yet when manifests are rendered.',
    "Resolve it first: build the constructs inside output.apply(...), or pass a plain value, e.g. from the stack's config.",
  );
}

/**
 * Refuses Outputs among the options of a construct, before anything looks into them: every property of an Output is an Output again,
 * so rules and defaults would fail in odd ways.
 *
 * @throws ProblemError with all of them
 */
export function refuseOutputs(construct: IConstruct, props: object): void {
  const found = outputsIn(props, '');
  if (found.length > 0) throw new ProblemError(locate(construct.node.path, found));
}

function outputsIn(value: unknown, field: string): Complaint[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isOutput(value)) return [outputComplaint(field)];
  if (Array.isArray(value)) return value.flatMap((item, index) => outputsIn(item, `${field}[${index}]`));
  if (value.constructor !== Object) return [];
  return Object.entries(value).flatMap(([key, inner]) => outputsIn(inner, field === '' ? key : `${field}.${key}`));
}
