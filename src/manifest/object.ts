/** A Kubernetes object as it is written: what `kubectl apply` would read. */
export interface KubeObject {
  /** E.g. `apps/v1`. */
  readonly apiVersion: string;
  /** E.g. `Deployment`. */
  readonly kind: string;
  /** Its name, namespace, labels and annotations. */
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** The part of ObjectMeta (meta/v1) that this project reads. */
export interface ObjectMeta {
  /** Its name. */
  readonly name: string;
  /** Its namespace. @default none: the cluster's, or whatever `kubectl -n` says */
  readonly namespace?: string;
  /** Its labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its annotations. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The API group: `apps` of `apps/v1`, and the empty string for the core group. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Was it read from a cluster? Only the API server writes these. */
export function isLive({ metadata }: KubeObject): boolean {
  return 'uid' in metadata || 'resourceVersion' in metadata;
}
