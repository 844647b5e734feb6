import * as pulumi from '@pulumi/pulumi';
import { addressLookup, type Call, callsOf } from '../apps/calls';
import type { Environment } from '../constructs/environment';
import type { LadderApp } from './ladder-app';

/** How to call a service that was deployed, as a stack's output. */
export type ServiceCall = Pick<Call, 'service' | 'rung' | 'address' | 'curl' | 'note'>;

/** How to call every service, with the addresses that load balancers got. What has none (yet) keeps the way to look it up. */
export function serviceCalls(app: LadderApp, environment: Environment): pulumi.Output<readonly ServiceCall[]> {
  return pulumi.all(callsOf(environment).map((call) => publishedAddress(app, call).apply((ip) => resolved(environment, call, ip))));
}

function publishedAddress(app: LadderApp, { publishedBy }: Call): pulumi.Output<string | undefined> {
  // Pulumi's class for kinds of CRDs has no status: the command that looks it up stays.
  if (!publishedBy || publishedBy.kind === 'Gateway') return pulumi.output(undefined);
  const { kind, namespace, name } = publishedBy;
  const resource = app.find(kind === 'Service' ? '' : 'networking.k8s.io', kind, namespace, name) as Published | undefined;
  return pulumi.output(resource?.status).apply((status) => {
    const [first] = status?.loadBalancer?.ingress ?? [];
    return first?.ip ?? first?.hostname;
  });
}

/** What Services and Ingresses have in common. */
type Published = pulumi.CustomResource & {
  readonly status?: pulumi.Output<{ readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] } } | undefined>;
};

function resolved(environment: Environment, { service, rung, address, curl, note, publishedBy }: Call, ip: string | undefined): ServiceCall {
  const call = { service, rung, ...(note !== undefined && { note }) };
  if (!publishedBy || ip === undefined) return { ...call, address, curl };
  return { ...call, address: address.replace('<address>', ip), curl: curl.replace(addressLookup(environment, publishedBy), ip) };
}
