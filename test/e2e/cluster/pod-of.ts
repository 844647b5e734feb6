/** The image that topologies of the suite's own are made of. */
export const STAND_IN = 'ladder.test/stand-in:1';

/** What Pod Security `restricted` asks of a container. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 10001, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
} as const;
