import { checkPortNumber } from '../../model/ports';
import { type Complaint, complaint } from '../../model/problem';

const PROBES = { readiness: 'readinessProbe', liveness: 'livenessProbe', startup: 'startupProbe' } as const;
const TIMINGS = ['failureThreshold', 'successThreshold', 'periodSeconds', 'timeoutSeconds'] as const;

type Probe = Readonly<Partial<Record<(typeof TIMINGS)[number], number>>> & {
  readonly httpGet?: { readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
};
type Container = Readonly<Partial<Record<(typeof PROBES)[keyof typeof PROBES], Probe>>> & { readonly env?: readonly { readonly name: string }[] };

/**
 * What the API server would refuse in a container as it is rendered: cdk8s-plus-27's probes keep to themselves what they were told.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export function containerComplaints(container: Container): Complaint[] {
  return [
    ...Object.entries(PROBES).flatMap(([option, field]) => probeComplaints(option, container[field])),
    ...(container.env ?? []).filter(({ name }) => !/^[ -<>-~]+$/.test(name)).map(({ name }) => complaint(
      'ENV_NAME', 'envVariables', name, 'The name of an environment variable is of printable ASCII characters other than =.', 'Write e.g. DATABASE_HOST.',
    )),
  ];
}

function probeComplaints(option: string, probe: Probe = {}): Complaint[] {
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port;
  return [
    ...(typeof port === 'number' ? checkPortNumber(`${option}.port`, port) : []),
    ...TIMINGS.flatMap((timing) => {
      const given = probe[timing];
      return given === undefined || (Number.isInteger(given) && given >= 1) ? [] : [complaint(
        'PROBE_TIMING', `${option}.${timing}`, given, `${timing} is a whole number from 1.`, 'Leave it out for the default, or write e.g. 3.',
      )];
    }),
  ];
}
