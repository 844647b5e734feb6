import { checkHost } from '../../model/http-route';
import { checkObjectName, isSubdomain } from '../../model/names';
import { type Complaint, complaint } from '../../model/problem';
import { type AcmeOptions, isLetsEncrypt } from './acme';
import type { IssuerSource } from './issuer';

/** What is wrong with an issuer by itself. */
export function issuerComplaints(name: string, source: IssuerSource): Complaint[] {
  return [
    ...checkObjectName('name', name),
    ...('acme' in source ? acmeComplaints(source.acme) : []),
    ...('ca' in source ? checkObjectName('ca.secretName', source.ca.secretName) : []),
  ];
}

function acmeComplaints(acme: AcmeOptions): Complaint[] {
  const { server, email, accountSecretName, solvers } = acme;
  return [
    ...(isLetsEncrypt(acme) || (server.startsWith('https://') && URL.canParse(server)) ? [] : [complaint(
      'ACME_SERVER', 'acme.server', server, "An ACME server is 'letsencrypt', 'letsencrypt-staging' or the https URL of a directory.", "Write 'letsencrypt-staging' to try, and 'letsencrypt' for certificates that browsers trust.",
    )]),
    ...(email === undefined ? [] : checkEmail(acme, email)),
    ...(accountSecretName === undefined ? [] : checkObjectName('acme.accountSecretName', accountSecretName)),
    ...(solvers.length > 0 ? [] : [complaint(
      'ACME_SOLVER', 'acme.solvers', undefined, 'Without a solver no name can be proved.', "Give one, e.g. { http01: { ingressClassName: 'traefik' } }.",
    )]),
    ...solvers.flatMap(({ dnsNames = [], dnsZones = [] }, index) => [
      ...dnsNames.flatMap((host) => checkHost(`acme.solvers[${index}].dnsNames`, host)),
      ...dnsZones.filter((zone) => !isSubdomain(zone)).map((zone) => complaint(
        'ACME_ZONE', `acme.solvers[${index}].dnsZones`, zone, 'A zone is a DNS name, and every name below it.', `Write e.g. ${zone.replace(/^\*?\./, '') || 'example.com'}.`,
      )),
    ]),
  ];
}

function checkEmail(acme: AcmeOptions, email: string): Complaint[] {
  const [, domain] = /^[^\s@<>]+@([^\s@<>]+)$/.exec(email) ?? [];
  if (domain === undefined || !isSubdomain(domain.toLowerCase()) || !domain.includes('.')) {
    return [complaint('ACME_EMAIL', 'acme.email', email, 'It is one e-mail address and nothing around it.', 'Write e.g. platform@shop.dev.')];
  }
  if (isLetsEncrypt(acme) && /^example\.(com|net|org)$/i.test(domain)) {
    return [complaint('ACME_EMAIL', 'acme.email', email, "Let's Encrypt refuses accounts with addresses of example.com, .net and .org.", 'Give an address that somebody reads, or leave it out.')];
  }
  return [];
}
