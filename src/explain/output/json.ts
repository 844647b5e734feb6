/** Any of the published JSON documents (schemas/), indented, with a newline at its end. */
export function renderJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
