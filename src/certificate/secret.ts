import { readFileSync } from 'node:fs';
import type { Leaf } from './leaf';

/** A certificate as the Secret that a front reads; the one place where a private key becomes part of an object. */
export function tlsSecret({ namespace, name }: { readonly namespace: string; readonly name: string }, { certificateFile, keyFile }: Pick<Leaf, 'certificateFile' | 'keyFile'>): object {
  const base64 = (file: string): string => readFileSync(file).toString('base64');
  return {
    apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificateFile), 'tls.key': base64(keyFile) },
  };
}
