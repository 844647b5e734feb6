import { createHash } from 'node:crypto';
import { apiGroup } from '../manifest/object';
import type { LayeredObject } from './collect';

const LONGEST = 200;
/** What Windows keeps for its devices, with any extension. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/;

/**
 * Where an object's file goes: `layer/namespace/kind.group/name.yaml`. Two objects never share a path, not even where file names
 * ignore capitals.
 */
export function objectPath({ layer, object: { apiVersion, kind, metadata } }: LayeredObject): string {
  const group = apiGroup(apiVersion);
  const folder = metadata.namespace ? segment(metadata.namespace) : '_cluster';
  return `${layer}/${folder}/${segment(kind.toLowerCase() + (group === '' ? '' : `.${group}`))}/${segment(metadata.name)}.yaml`;
}

/**
 * A name as a file name. Kubernetes' names are mostly fit for it; roles may be called `system:node`, and whatever is not a small
 * letter, digit, dot or dash becomes `_` and its code. Names up to 253 characters are allowed, too long for a file with an extension.
 */
export function segment(name: string): string {
  const safe = name.replace(/[^a-z0-9.-]|^\.+/gu, encode).replace(DEVICES, (device) => encode(device.slice(0, 1)) + device.slice(1));
  if (safe.length <= LONGEST) return safe;
  return `${safe.slice(0, LONGEST - 20)}_h${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `_${byte.toString(16).padStart(2, '0')}`).join('');
}
