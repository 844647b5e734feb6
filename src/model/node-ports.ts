import type { Complaint } from './problem';

/** What a user says of one port's way in from outside the cluster. */
export interface NodePortRequest {
  /**
   * On every node, 30000-32767.
   *
   * @default the cluster assigns one
   */
  readonly nodePort?: number;

  /**
   * On the laptop, through kind's extraPortMappings, 1-65535; `false` keeps the laptop out.
   *
   * @default the nodePort
   */
  readonly hostPort?: number | false;
}

/** The API server's default --service-node-port-range. */
export const NODE_PORT_RANGE = { first: 30000, last: 32767 } as const;

/** Ports up to here are never handed out before the rest is used up, so this is where pinned ports are safe. */
const LAST_STATIC_NODE_PORT = 30085;

/**
 * The range, and the static band in which pinned ports belong.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions
 */
export function checkNodePort(field: string, { nodePort, hostPort }: NodePortRequest): Complaint[] {
  const complaints: Complaint[] = [];
  if (nodePort !== undefined && !within(nodePort, NODE_PORT_RANGE.first, NODE_PORT_RANGE.last)) {
    complaints.push({
      code: 'NODE_PORT_RANGE', severity: 'error', field, value: nodePort,
      rule: 'A nodePort is a whole number from 30000 to 32767.',
      fix: 'Pin one in 30000-30085, or leave it out and let the cluster choose. The port that callers inside dial is `port`.',
    });
  } else if (nodePort !== undefined && nodePort > LAST_STATIC_NODE_PORT) {
    complaints.push({
      code: 'NODE_PORT_DYNAMIC_BAND', severity: 'warning', field, value: nodePort,
      rule: 'Kubernetes hands out 30086-32767 by itself, so another Service may have taken this nodePort first.',
      fix: 'Pin it in the static band, 30000-30085.',
    });
  }
  if (typeof hostPort === 'number' && !within(hostPort, 1, 65535)) {
    complaints.push({
      code: 'PORT_RANGE', severity: 'error', field: field.replace(/nodePort$/, 'hostPort'), value: hostPort,
      rule: 'A host port is a whole number from 1 to 65535.', fix: 'Give a free port of the laptop, e.g. 8080.',
    });
  }
  if (typeof hostPort === 'number' && nodePort === undefined) {
    complaints.push({
      code: 'HOST_PORT_WITHOUT_NODE_PORT', severity: 'error', field: field.replace(/nodePort$/, 'hostPort'), value: hostPort,
      rule: 'kind maps a host port to a nodePort that is known when the cluster is made.', fix: 'Pin the nodePort too, in 30000-30085.',
    });
  }
  return complaints;
}

/** A pinned port and who claims it. */
export interface NodePortClaim {
  readonly owner: string;
  readonly nodePort: number;
  readonly protocol: string;
}

/** Two Services of one cluster cannot have the same nodePort and protocol: the second is refused when it is applied. */
export function nodePortClashes(claims: readonly NodePortClaim[]): Complaint[] {
  const owners = new Map<string, Set<string>>();
  for (const claim of claims) {
    const key = `${claim.protocol}/${claim.nodePort}`;
    owners.set(key, (owners.get(key) ?? new Set<string>()).add(claim.owner));
  }
  return [...owners].filter(([, sharing]) => sharing.size > 1).map(([key, sharing]) => ({
    code: 'NODE_PORT_TAKEN', severity: 'error', field: '', value: key,
    rule: `A nodePort belongs to one Service of a cluster; these all ask for it: ${[...sharing].join(', ')}.`,
    fix: 'Give each its own, in 30000-30085.',
  }));
}

function within(value: number, first: number, last: number): boolean {
  return Number.isInteger(value) && value >= first && value <= last;
}
