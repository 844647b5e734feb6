import { isLabelValue } from '../../../src/model/names';
import type { Problem } from '../../../src/model/problem';
import type { Ours, Refusal } from './verdicts';

const SELECTED = /metadata\.labels|selector|podSelector|template\.labels|topologySpreadConstraints|affinity/;

/** The fields of the API that a rule of ours is about: a refusal there is the same finding. */
const FIELDS: Readonly<Record<string, RegExp>> = {
  ANNOTATION_KEY: /annotations$/,
  APP_PROTOCOL: /^Service spec\.ports\[\d+]\.appProtocol$/,
  BACKEND_PORT: /backend/,
  CIDR: /^NetworkPolicy .*ipBlock/,
  CIDR_EXCEPT: /^NetworkPolicy .*ipBlock\.except/,
  CONTAINER_NAME_TWICE: /ontainers\[\d+]\.name$/,
  CONTAINER_PORT_TWICE: /containers\[\d+]\.ports/,
  DRAIN: /terminationGracePeriodSeconds|preStop/,
  ENV_NAME: /\.env\[\d+]\.name$/,
  EXTERNAL_NAME: /^Service spec\.externalName$/,
  HOST: /^Ingress spec\.(rules\[\d+]\.host|tls\[\d+]\.hosts)/,
  IMAGE: /\.image$/,
  LABEL_KEY: /matchLabels$/,
  LABEL_VALUE: new RegExp(`matchLabels$|${SELECTED.source}`),
  LOAD_BALANCER_CLASS: /^Service spec\.loadBalancerClass$/,
  NAME_RFC1035: new RegExp(`metadata\\.name$|containers\\[0]\\.name$|scaleTargetRef|service\\.name$|${SELECTED.source}`),
  NAME_RFC1123: /ontainers\[\d+]\.name$|matchLabels$/,
  NAME_SUBDOMAIN: /metadata\.name$|secretName$|serviceAccountName$/,
  NODE_PORT_RANGE: /^Service .*nodePort$/,
  NODE_PORT_TAKEN: /^Service spec\.ports\[\d+]\.nodePort$/,
  PATH: /^Ingress .*path$/,
  PORT_NAME: /\.ports\[\d+]\.(name|targetPort)$|Probe\.(httpGet|tcpSocket)\.port$|port\.name$/,
  PORT_NAME_TWICE: /\.ports\[\d+]\.(name|nodePort)$/,
  PORT_PROTOCOL: /\.ports\[\d+]\.protocol$/,
  PORT_RANGE: /\.ports(\[\d+])?\.(port|containerPort|targetPort)$|Probe\.(httpGet|tcpSocket)\.port$/,
  PORT_TWICE: /^Service spec\.ports\[\d+](\.nodePort)?$/,
  PROBE_TIMING: /Probe\.(failureThreshold|successThreshold|periodSeconds|timeoutSeconds)$/,
  REPLICAS: /replicas$|minReplicas|maxReplicas|metrics/,
  RESOURCES: /resources\.requests/,
  SESSION_AFFINITY_TIMEOUT: /sessionAffinityConfig/,
  SOURCE_RANGE: /LoadBalancerSourceRanges/i,
  TMP_SIZE: /sizeLimit|volumeMounts\[\d+]\.name$|emptyDir/,
  USER: /securityContext\.(runAsUser|runAsGroup|fsGroup)$/,
};

interface Stricter {
  readonly why: string;
  /** Only these values. @default any */
  readonly when?: (value: unknown) => boolean;
}

/** Where ours is stricter than a dry run on purpose. */
export const STRICTER: Readonly<Record<string, Stricter>> = {
  CIDR: { why: 'the API takes leading zeros, which some read as octal', when: (value) => /(^|[./])0\d/.test(String(value)) },
  CONTAINER_PORT_TWICE: { why: 'legal, and never meant' },
  DRAIN: { why: 'no drain is written for a negative number, so nothing is left to refuse', when: (value) => typeof value === 'number' && value < 0 },
  EXTERNAL_NAME_ADDRESS: { why: 'the API takes an address as a name; DNS does not resolve it' },
  HOST: { why: 'the API takes an empty host for every host', when: (value) => value === '' },
  IMAGE: { why: 'the API looks at an image name only when the Pod is made' },
  NAME_RFC1123: { why: 'a policy may name a namespace that cannot be, as long as it could be a label', when: (value) => isLabelValue(String(value)) },
  NAME_SUBDOMAIN: { why: 'the API takes an empty TLS Secret name, which means no certificate', when: (value) => value === '' },
  NODE_PORT_RANGE: { why: 'a dry run allocates no node port; the real request is refused' },
  POD_SECURITY: { why: 'the API refuses the Pods, and only warns of their Deployment' },
  PORT_NAME: { why: 'an empty name is no name', when: (value) => value === '' },
  PORT_UNNAMED: { why: 'we would have to make a name up' },
  SOURCE_RANGE: { why: 'the API takes away spaces, other readers of the manifest may not', when: (value) => value !== String(value).trim() },
  TMP_SIZE: { why: 'the API takes a size of nothing, and one and a half mebibytes', when: (value) => typeof value === 'number' && value >= 0 },
  USER: { why: 'the kubelet, not the API, refuses user 0 where runAsNonRoot is set', when: (value) => value === 0 },
};

/** Where we and the API server disagree on one description; nothing where we agree. */
export function disagreements({ errors }: Ours, refusals: readonly Refusal[]): string[] {
  const missed = refusals.filter(({ field }) => !errors.some(({ code }) => FIELDS[code]?.test(field)));
  const invented = refusals.length > 0 ? [] : errors.filter((problem) => !isStricter(problem));
  return [
    ...missed.map(({ field, message }) => `the API refuses ${field}: ${message}; we say ${errors.map(({ code }) => code).join(', ') || 'nothing'}`),
    ...invented.map(({ code, path, value }) => `we refuse ${path} ${JSON.stringify(value)} (${code}), the API takes it`),
  ];
}

function isStricter({ code, value }: Problem): boolean {
  const stricter = STRICTER[code];
  return stricter !== undefined && (stricter.when?.(value) ?? true);
}
