import { type Complaint, complaint } from '../../model/problem';
import { admitSolver } from '../certificates/acme-policy';
import { type AcmeSolver, solverFor } from '../certificates/acme';
import { type CertificateOptions, writeCertificate } from '../certificates/certificate';
import { certificateComplaints } from '../certificates/certificate-rules';
import type { GatewayFront } from './front';
import type { CertificateIssuer } from '../certificates/issuer';
import type { Site } from './site';

/** Gets a site its certificate: for exactly its hosts, in the Secret that its fronts read. */
export function certifySite(site: Site, issuer: CertificateIssuer, options: CertificateOptions = {}): void {
  const temporary = site.fronts.some(({ needsSecretFirst }) => needsSecretFirst);
  writeCertificate(site, { ...options, issuer, name: site.siteName, secretName: site.tlsSecretName ?? site.siteName, hosts: () => site.hosts, temporary });
  admitSolver(site, issuer);
}

/** What is wrong with how a site gets its certificate. */
export function siteCertificateComplaints(site: Site, options: CertificateOptions | undefined, secretGiven: boolean): Complaint[] {
  const { issuer, hosts, namespace } = site;
  if (!issuer) {
    return options ? [complaint('SITE_CERTIFICATE', 'certificate', undefined, 'Without an issuer nobody makes a certificate.', 'Give the site an issuer, or leave certificate out.')] : [];
  }
  const { source } = issuer;
  return [
    ...(secretGiven ? [complaint(
      'SITE_CERTIFICATE', 'tlsSecretName', site.tlsSecretName, 'With an issuer cert-manager writes the Secret, over what is there.', `Leave out tlsSecretName (the Secret is then ${site.siteName}-tls), or issuer.`,
    )] : []),
    ...certificateComplaints({ issuer, hosts, namespace, secretName: site.tlsSecretName, options: options ?? {}, scope: site }),
    ...(source && 'acme' in source ? hosts.flatMap((host) => checkAnswered(site, host, solverFor(source.acme.solvers, host))) : []),
  ];
}

/** The proof is fetched where the host leads: from the site's own fronts. */
function checkAnswered({ fronts, siteName, namespace }: Site, host: string, solver: AcmeSolver | undefined): Complaint[] {
  if (!solver || !('http01' in solver)) return [];
  const { http01 } = solver;
  const ingresses = fronts.flatMap((front) => (front.api === 'Ingress' ? [front] : []));
  const wrong = (given: string, fix: string): Complaint[] => [complaint('ACME_FRONT', `dnsName ${host}`, given, 'The proof of HTTP-01 is fetched where the host leads, from the front of the site.', fix)];
  if ('ingressClassName' in http01) {
    const classes = ingresses.flatMap(({ ingressClassName }) => ingressClassName ?? []);
    return classes.includes(http01.ingressClassName) ? [] : wrong(http01.ingressClassName, classes[0] === undefined ? solverFix(fronts, siteName) : `Write ingressClassName: '${classes[0]}'.`);
  }
  if ('ingressName' in http01 && ingresses.some(({ httpsOnly }) => httpsOnly)) {
    return [complaint('ACME_FRONT', `dnsName ${host}`, 'http01', 'The proof of HTTP-01 is fetched from port 80, and an internal load balancer with a certificate is open for https alone.', 'Give the issuer a dns01 solver for it.')];
  }
  if ('ingressName' in http01) return ingresses.length > 0 && http01.ingressName === siteName ? [] : wrong(http01.ingressName, solverFix(fronts, siteName));
  const { name, namespace: there = namespace } = http01.gateway;
  const serves = fronts.some((front) => front.api === 'Gateway' && name === (front.gatewayName ?? siteName) && there === (front.gatewayName === undefined ? namespace : front.namespace));
  return serves ? [] : wrong(there === namespace ? name : `${there ?? ''}/${name}`, solverFix(fronts, siteName));
}

function solverFix(fronts: Site['fronts'], siteName: string): string {
  if (fronts.some(({ api }) => api === 'Ingress')) return `Write ingressName: '${siteName}'.`;
  const shared = fronts.find((front) => front.api === 'Gateway' && front.gatewayName !== undefined) as GatewayFront | undefined;
  return shared?.gatewayName === undefined
    ? `Write gateway: { name: '${siteName}' }.`
    : `Write gateway: { name: '${shared.gatewayName}'${shared.namespace === undefined ? '' : `, namespace: '${shared.namespace}'`} }.`;
}
