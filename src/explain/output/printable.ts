/**
 * The same document with its control characters made visible: names come from files that anyone may have written, and an escape
 * sequence must not reach a terminal or a log. Line breaks stay.
 */
export function printable<Document>(document: Document): Document {
  return copy(document) as Document;
}

function copy(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\t/g, ' ').replace(/[^\P{C}\n\u200c\u200d]/gu, '\ufffd');
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copy(one)]));
  return value;
}
