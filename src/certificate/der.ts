/**
 * DER, in which certificates are written (ITU-T X.690): a tag, a length and the content. Only what a certificate needs, and only
 * writing: nothing here ever reads bytes that somebody else made.
 */

function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag, ...lengthOf(body.length)), body]);
}

/** Below 128 one byte; else the number of bytes that follow, and these. */
function lengthOf(length: number): number[] {
  return length < 0x80 ? [length] : [0x80 | bytesOf(length).length, ...bytesOf(length)];
}

function bytesOf(value: number): number[] {
  return value < 0x100 ? [value] : [...bytesOf(Math.floor(value / 0x100)), value % 0x100];
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(0x30, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => element(0x31, ...items);
export const octets = (content: Uint8Array): Buffer => element(0x04, content);
export const text = (value: string): Buffer => element(0x0c, Buffer.from(value, 'utf8'));
export const yes = (): Buffer => element(0x01, Buffer.of(0xff));

/** A whole number that is not negative, from its bytes: no leading zeros but the one that keeps it from being negative. */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.of(0) : bytes.subarray(start);
  return element(0x02, ...((digits[0] ?? 0) >= 0x80 ? [Buffer.of(0)] : []), digits);
}

/** @param unused how many bits of the last byte do not count */
export const bits = (content: Uint8Array, unused = 0): Buffer => element(0x03, Buffer.of(unused), content);

/** `2.5.29.19`: the first two numbers share a byte, the others have seven bits in each. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(septets)));
}

function septets(value: number): number[] {
  const high = Math.floor(value / 0x80);
  return [...(high === 0 ? [] : septets(high).map((byte) => byte | 0x80)), value % 0x80];
}

/** UTCTime up to 2049 and GeneralizedTime after that, as RFC 5280 wants them; to the second. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+Z$/, 'Z').replace(/[-:T]/g, '');
  return date.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits));
}

/** A field with a number of its own, around a whole element. */
export const explicit = (number: number, content: Uint8Array): Buffer => element(0xa0 | number, content);

/** The same in place of the element's own tag. */
export const implicit = (number: number, content: Uint8Array): Buffer => element(0x80 | number, content);
