import * as pulumi from '@pulumi/pulumi';
import { SHOP_SERVICES } from '../src/apps/shop';
import type { SecretArgs } from '../src/pulumi/secret-object';
import { flag, secretTexts, text, textMap, texts, wholeNumber } from '../src/pulumi/settings';

/** This project's part of the stack's config, by key. */
export function stackConfig(): Readonly<Record<string, string>> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** Where messages say that a setting is. */
export function configFile(): string {
  return `Pulumi.${pulumi.getStack()}.yaml`;
}

export const PROGRAM = text('It is the program of this stack: kind, gke-cluster or gke-apps.', /^(?:kind|gke-cluster|gke-apps)$/, '');

export const NAME = (fallback: string) => text('It is a name of at most 24 small letters, digits and dashes, and starts with a letter.', /^[a-z](?:[-a-z0-9]{0,22}[a-z0-9])?$/, fallback);

/** What the shop can be told on any cluster. */
export const SHOP = {
  host: text('It is a DNS name.', /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/, ''),
  replicas: wholeNumber(1, 100, 2),
  images: textMap(SHOP_SERVICES, 'It is an image with its tag or digest.', /^[^\s:@]+(?::\d+\/[^\s:@]+)?(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/),
  secrets: secretTexts('It holds Secrets of the namespace shop: by name, then by key.'),
  adoptExisting: flag(false),
  ignoreFindings: texts('It is a list of ids of findings.', /^[A-Z0-9][-A-Z0-9_]*$/i),
};

/** Secrets of the stack's config, for the shop's namespace. */
export function shopSecrets(secrets: Readonly<Record<string, Readonly<Record<string, string>>>>): SecretArgs[] {
  return Object.entries(secrets).map(([name, values]) => ({ namespace: 'shop', name, values: pulumi.secret(values) }));
}
