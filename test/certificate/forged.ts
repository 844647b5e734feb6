import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '../../src/certificate/authority';
import { issuerKey, signCertificate, subjectKey } from '../../src/certificate/x509';

/** A certificate with these extensions, signed with the authority's own key: what somebody could do who has stolen it. */
export function forgedBy(authority: Authority, folder: string, extensions: (key: Parameters<typeof subjectKey>[0]) => readonly Buffer[]): { readonly certificateFile: string; readonly keyFile: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const files = { certificateFile: join(folder, 'forged.crt'), keyFile: join(folder, 'forged.key') };
  const days = (number: number) => new Date(Date.now() + number * 86_400_000);
  writeFileSync(files.certificateFile, signCertificate({
    subject: 'forged', issuer: authority.name, notBefore: days(-1), notAfter: days(1), publicKey,
    extensions: [...extensions(publicKey), subjectKey(publicKey), issuerKey(authority.certificate.publicKey)],
  }, authority.key));
  writeFileSync(files.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return files;
}
