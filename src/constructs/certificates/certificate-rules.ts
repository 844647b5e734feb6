import type { Duration } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { checkHost } from '../../model/http-route';
import type { Platform } from '../../model/platform';
import { type Complaint, complaint, warning } from '../../model/problem';
import { type AcmeOptions, isFor, isLetsEncrypt, solverFor } from './acme';
import { Environment } from '../environment';
import type { CertificateKey, CertificateOptions } from './certificate';
import type { CertificateIssuer } from './issuer';

interface CertificateQuestion {
  readonly issuer: CertificateIssuer;
  readonly hosts: readonly string[];
  readonly namespace: string | undefined;
  /** The Secret that it is written to. */
  readonly secretName: string | undefined;
  readonly options: CertificateOptions;
  /** The construct that it belongs to. */
  readonly scope: IConstruct;
}

/** What is wrong with a certificate: its lifetime, its key, and whether its issuer can give it for these names. */
export function certificateComplaints({ issuer, hosts, namespace, secretName, options, scope }: CertificateQuestion): Complaint[] {
  const { source } = issuer;
  const acme = source && 'acme' in source ? source.acme : undefined;
  return [
    ...(hosts.length > 0 ? [] : [complaint('CERTIFICATE_HOSTS', 'dnsNames', undefined, 'A certificate is for at least one name.', 'Name a host, or route one to a service.')]),
    ...hosts.flatMap((host) => checkHost(`dnsName ${host}`, host)),
    ...checkTimes(options),
    ...checkKey(options.privateKey ?? {}),
    ...checkCluster(issuer, scope),
    ...(issuer.namespace === undefined || issuer.namespace === namespace ? [] : [complaint(
      'ISSUER_NAMESPACE', 'issuer', `${issuer.namespace}/${issuer.issuerName}`, 'An Issuer is for certificates of its own namespace.', `Make one in ${namespace ?? 'the namespace of the certificate'}, or a ClusterIssuer.`,
    )]),
    ...(issuer.kind === 'Issuer' && source && 'ca' in source && source.ca.secretName === secretName ? [complaint(
      'CERTIFICATE_SECRET', 'secretName', secretName, "It would be written over the authority's own certificate and key.", 'Name another Secret.',
    )] : []),
    ...(acme ? [...hosts.flatMap((host) => checkProof(acme, host)), ...checkReach(acme, hosts, Environment.around(scope)?.platform)] : []),
  ];
}

function checkCluster(issuer: CertificateIssuer, scope: IConstruct): Complaint[] {
  const home = Construct.isConstruct(issuer) ? Environment.around(issuer) : undefined;
  const environment = Environment.around(scope);
  return !home || !environment || home === environment ? [] : [complaint(
    'ISSUER_ELSEWHERE', 'issuer', issuer.issuerName, `An environment is a cluster; this issuer is in ${home.node.id}, and the certificate in ${environment.node.id}.`, `Make an issuer in ${environment.node.id} too.`,
  )];
}

const HOUR = 3600;
const DEFAULT_DAYS = 90;

/** cert-manager's own limits (internal/apis/certmanager/validation). */
function checkTimes({ duration, renewBefore }: CertificateOptions): Complaint[] {
  const seconds = (time: Duration | undefined, otherwise: number): number => time?.toSeconds() ?? otherwise;
  const life = seconds(duration, DEFAULT_DAYS * 24 * HOUR);
  return [
    ...(life >= HOUR ? [] : [complaint('CERTIFICATE_DURATION', 'certificate.duration', duration?.toHumanString(), 'A certificate is good for at least an hour.', 'Write e.g. Duration.days(90).')]),
    ...(seconds(renewBefore, 300) >= 300 ? [] : [complaint('CERTIFICATE_RENEWAL', 'certificate.renewBefore', renewBefore?.toHumanString(), 'It is renewed at least five minutes before its end.', 'Write e.g. Duration.days(30).')]),
    ...(seconds(renewBefore, 0) < life ? [] : [complaint(
      'CERTIFICATE_RENEWAL', 'certificate.renewBefore', renewBefore?.toHumanString(), `It would be renewed for ever: it is good for ${duration?.toHumanString() ?? `${DEFAULT_DAYS} days`}.`, 'Make it less than the duration, e.g. a third.',
    )]),
  ];
}

function checkKey({ algorithm = 'ECDSA', size }: CertificateKey): Complaint[] {
  if (size === undefined) return [];
  const fits = algorithm === 'ECDSA' ? [256, 384, 521].includes(size) : Number.isInteger(size) && size >= 2048 && size <= 8192;
  return fits ? [] : [complaint(
    'CERTIFICATE_KEY', 'certificate.privateKey.size', size, algorithm === 'ECDSA' ? 'An ECDSA key has 256, 384 or 521 bits.' : 'An RSA key has 2048 to 8192 bits.',
    algorithm === 'ECDSA' ? 'Leave it out for 256.' : 'Leave it out for 2048.',
  )];
}

function checkProof({ solvers }: AcmeOptions, host: string): Complaint[] {
  if (solvers.length === 0 || solverFor(solvers, host)) return [];
  return [solvers.some((solver) => isFor(solver, host)) ? complaint(
    'ACME_WILDCARD', `dnsName ${host}`, host, 'A wildcard is proved by DNS-01 only.', `Give the issuer a dns01 solver for ${host.slice(2)}, or name each host.`,
  ) : complaint(
    'ACME_NO_SOLVER', `dnsName ${host}`, host, 'No solver of the issuer is for this name.', 'Add its zone to one, or a solver without dnsNames and dnsZones.',
  )];
}

/** Of Let's Encrypt (https://letsencrypt.org/docs/rate-limits/). */
const MOST_NAMES = 100;

/** Names of the DNS tree that no public authority signs for. */
const PRIVATE = /(^|\.)(localhost|test|local|internal|home\.arpa|invalid|example)$/;

function checkReach(acme: AcmeOptions, hosts: readonly string[], platform: Platform | undefined): Complaint[] {
  if (!isLetsEncrypt(acme)) return [];
  const own = hosts.filter((host) => PRIVATE.test(host) || !host.includes('.'));
  if (own.length > 0) {
    return own.map((host) => complaint(
      'ACME_PRIVATE_NAME', `dnsName ${host}`, host, "Let's Encrypt signs for names of the public DNS only.", 'Use tlsSecretName with the certificate of `ladder certificate`, or an issuer with a ca.',
    ));
  }
  if (hosts.length > MOST_NAMES) {
    return [complaint(
      'CERTIFICATE_HOSTS', 'dnsNames', hosts.length, `Let's Encrypt signs at most ${MOST_NAMES} names in one certificate.`, 'Make two of it (of a site, two sites), or prove a wildcard in their place, by a dns01 solver.',
    )];
  }
  const proofs = hosts.map((host) => solverFor(acme.solvers, host));
  return platform?.type === 'kind' && proofs.some((solver) => solver && 'http01' in solver) ? [warning(
    'ACME_UNREACHABLE', 'issuer', 'http01', "Let's Encrypt fetches the proof from port 80 of the name, and nothing on the internet reaches kind.", 'Use a dns01 solver, or tlsSecretName with the certificate of `ladder certificate`.',
  )] : [];
}
