import { type Complaint, complaint } from '../../model/problem';
import type { GkeGatewayOptions } from './gke-gateway';

/** Where a Gateway has its certificates from: one of these. With anything beside a map GKE does not translate the Gateway (its event: GWCER105). */
export type CertificateSource =
  | { readonly from: 'map'; readonly name: string }
  | { readonly from: 'project'; readonly names: readonly string[] }
  | { readonly from: 'secrets'; readonly names: readonly string[] };

/** What is asked for: one, if all is well. */
export function certificateSources({ certificateMap, preSharedCertificates }: GkeGatewayOptions, secrets: readonly string[] = []): CertificateSource[] {
  return [
    ...(certificateMap === undefined ? [] : [{ from: 'map', name: certificateMap } as const]),
    ...(preSharedCertificates === undefined ? [] : [{ from: 'project', names: preSharedCertificates } as const]),
    ...(secrets.length === 0 ? [] : [{ from: 'secrets', names: secrets } as const]),
  ];
}

/** Of a target HTTPS proxy (https://cloud.google.com/load-balancing/docs/quotas#target_pools_and_target_proxies). A map has no such limit. */
const MOST_CERTIFICATES = 15;

/** What is wrong with the certificates of a Gateway whose listeners name these Secrets. */
export function certificateComplaints(options: GkeGatewayOptions, secrets: readonly string[], regionalClass: string | undefined): Complaint[] {
  const [source, ...more] = certificateSources(options, secrets);
  if (source === undefined) return [];
  return [...more.map((other) => twoSources(source, other)), ...[source, ...more].flatMap((each) => sourceComplaints(each, regionalClass))];
}

function twoSources(source: CertificateSource, other: CertificateSource): Complaint {
  const { field, names } = asGiven(other);
  const rule = source.from === 'map' ? 'GKE makes no load balancer of a Gateway that has a certificateMap and another certificate.' : 'A Gateway has its certificates from the project or from Secrets, not from both.';
  return refused(field, names, rule, `Keep ${asGiven(source).what} or ${asGiven(other).what}.`);
}

function sourceComplaints(source: CertificateSource, regionalClass: string | undefined): Complaint[] {
  const { field, names } = asGiven(source);
  if (source.from === 'map') {
    return regionalClass === undefined ? [] : [refused(
      field, names, `A certificate map is for the global classes; ${regionalClass} is regional.`, 'Use preSharedCertificates, or give the site a tlsSecretName.',
    )];
  }
  return [
    ...(source.names.length > 0 ? [] : [refused(field, names, 'https needs a certificate.', 'Name one, or leave the option out.')]),
    ...(source.names.length <= MOST_CERTIFICATES ? [] : [refused(
      field, source.names.length, `A load balancer has at most ${MOST_CERTIFICATES} certificates.`, 'Use one certificate for several hosts, a certificateMap, or a second Gateway.',
    )]),
  ];
}

/** As the one who wrote it knows it. */
function asGiven(source: CertificateSource): { readonly field: string; readonly names: string | readonly string[]; readonly what: string } {
  switch (source.from) {
    case 'map': return { field: 'front.certificateMap', names: source.name, what: 'the certificateMap' };
    case 'project': return { field: 'front.preSharedCertificates', names: source.names, what: 'preSharedCertificates' };
    case 'secrets': return { field: 'tlsSecretName', names: source.names, what: 'the Secrets' };
    default: { const never: never = source; return never; }
  }
}

function refused(field: string, value: unknown, rule: string, fix: string): Complaint {
  return complaint('GKE_CERTIFICATE', field, value, rule, fix);
}
