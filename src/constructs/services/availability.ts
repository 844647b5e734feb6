import { type Complaint, complaint } from '../../model/problem';

/** Lets the cluster choose the number of replicas between two bounds, by CPU use. */
export interface Autoscaling {
  /** At least 1; from 2 on a node may fail. */
  readonly minReplicas: number;

  /** At least `minReplicas`. */
  readonly maxReplicas: number;

  /**
   * The average CPU use to aim at, in percent of the request.
   *
   * @default 70
   */
  readonly targetCpuPercent?: number;
}

/** A fixed number, or bounds. */
export type Replicas = number | Autoscaling;

export function checkReplicas(replicas: Replicas): Complaint[] {
  if (typeof replicas === 'number') {
    if (Number.isInteger(replicas) && replicas >= 0) return [];
    return [complaint('REPLICAS', 'replicas', replicas, 'Replicas are a whole number from 0.', 'Write e.g. 2.')];
  }
  const { minReplicas, maxReplicas, targetCpuPercent = 70 } = replicas;
  return [
    ...(Number.isInteger(minReplicas) && minReplicas >= 1 ? [] : [complaint('REPLICAS', 'replicas.minReplicas', minReplicas, 'minReplicas is a whole number from 1.', 'Write e.g. 2.')]),
    ...(Number.isInteger(maxReplicas) && maxReplicas >= minReplicas ? [] : [complaint('REPLICAS', 'replicas.maxReplicas', maxReplicas, 'maxReplicas is a whole number, at least minReplicas.', `Write at least ${minReplicas}.`)]),
    ...(Number.isInteger(targetCpuPercent) && targetCpuPercent >= 1 ? [] : [complaint('REPLICAS', 'replicas.targetCpuPercent', targetCpuPercent, 'A CPU target is a whole number of percent from 1.', 'Write e.g. 70.')]),
  ];
}

/** One pod at a time may be evicted, and one that does not work never holds a drain up. */
export function disruptionBudgetSpec(selector: Readonly<Record<string, string>>): Record<string, unknown> {
  return { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selector } };
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
export function autoscalerSpec(deployment: string, { minReplicas, maxReplicas, targetCpuPercent }: Autoscaling): Record<string, unknown> {
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
    minReplicas,
    maxReplicas,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: targetCpuPercent ?? 70 } } }],
  };
}
