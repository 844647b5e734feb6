/** How much of the container's isolation a service keeps. */
export type SecurityProfile = RestrictedProfile | CompatProfile;

/** Pod Security `restricted` and a read-only root: what a service should have. */
export interface RestrictedProfile {
  readonly type: 'restricted';

  /**
   * The user and group that the process runs as, 1-2147483647; from 10000 it meets no user of the node.
   *
   * @default 10001
   */
  readonly user?: number;
}

/** For images that cannot run restricted. Every loosening is named, with its reason. */
export interface CompatProfile {
  readonly type: 'compat';

  /** Why the image needs it; kept as an annotation of the Pod, for whoever reviews it. */
  readonly reason: string;

  /**
   * Let the process write anywhere in its container.
   *
   * @default false
   */
  readonly writableRoot?: boolean;

  /**
   * Let the process be root. Needs a namespace that enforces at most Pod Security `baseline`.
   *
   * @default false
   */
  readonly root?: boolean;

  /**
   * The user and group where root is not needed.
   *
   * @default 10001
   */
  readonly user?: number;
}

/** A looser profile, chosen openly: `security: compat({ reason: '…', writableRoot: true })`. */
export function compat(options: Omit<CompatProfile, 'type'>): CompatProfile {
  return { type: 'compat', ...options };
}

export const RESTRICTED: RestrictedProfile = { type: 'restricted' };

export const COMPAT_ANNOTATION = 'service-ladder/compat-reason';

export function runsAsRoot(profile: SecurityProfile): boolean {
  return profile.type === 'compat' && profile.root === true;
}

/** PodSecurityContext: `lowestPort` is the lowest that a container listens on. */
export function podSecurityContext(profile: SecurityProfile, lowestPort: number): Record<string, unknown> {
  const seccomp = { seccompProfile: { type: 'RuntimeDefault' } };
  if (runsAsRoot(profile)) return seccomp;
  const user = profile.user ?? 10001;
  return {
    ...seccomp,
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    // Without capabilities only this safe sysctl lets a process listen below 1024, and not every runtime sets it.
    ...(lowestPort < 1024 && { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }),
  };
}

/** SecurityContext of each container. */
export function containerSecurityContext(profile: SecurityProfile): Record<string, unknown> {
  const readOnlyRootFilesystem = !(profile.type === 'compat' && profile.writableRoot);
  // An image that starts as root usually drops to another user itself, for which it needs the runtime's default capabilities.
  const drop = runsAsRoot(profile) ? ['NET_RAW'] : ['ALL'];
  return { allowPrivilegeEscalation: false, capabilities: { drop }, privileged: false, readOnlyRootFilesystem };
}
