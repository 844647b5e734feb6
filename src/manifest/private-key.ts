import type { KubeObject } from './object';
import { type TextField, visitTexts } from './texts';

/**
 * PEM of a private key, encrypted ones too: the header, perhaps lines such as `Proc-Type: …`, and then base64. Line ends may be
 * written out, as in JSON. A header alone is no key: scripts look for it.
 */
const PEM = /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED) )?PRIVATE KEY-----(?:\s|\\[nr])*(?:[\w-]+: \S+(?:\s|\\[nr])+)*[A-Za-z0-9+/]{24}|-----BEGIN PGP PRIVATE KEY BLOCK-----/;

/** How `-----BEGIN ` begins in base64. */
const PEM_IN_BASE64 = 'LS0tLS1CRUdJTi';

/** Whether a text is or has a private key in it, plain or in base64. */
export function hasPrivateKey(text: string, isBase64 = false): boolean {
  if (text.length < 64) return false;
  if (text.includes('PRIVATE KEY')) return PEM.test(text);
  return (isBase64 || text.trimStart().startsWith(PEM_IN_BASE64)) && PEM.test(Buffer.from(text, 'base64').toString('latin1'));
}

/** Whether this text of an object is a private key: any that is one, and whatever a Secret has under tls.key. */
export function isKeyOf(object: KubeObject, field: TextField, text: string): boolean {
  const [part, key] = field;
  const isSecret = object.kind === 'Secret' && object.apiVersion === 'v1';
  const isData = (part === 'data' && isSecret) || part === 'binaryData';
  if (isSecret && field.length === 2 && (part === 'data' || part === 'stringData') && key === 'tls.key' && text !== key) return text !== '' && !isEncrypted(text);
  return hasPrivateKey(text, isData && field.length === 2);
}

/** Where an object has private keys. */
export function privateKeysIn(object: KubeObject): TextField[] {
  const found: TextField[] = [];
  visitTexts(object, (field, text) => {
    if (isKeyOf(object, field, text)) found.push([...field]);
  });
  return found;
}

/** SOPS leaves the names of fields as they are. */
function isEncrypted(text: string): boolean {
  return text.startsWith('ENC[');
}
