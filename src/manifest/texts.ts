/** Where a text stands in an object: field names and places in lists. */
export type TextField = readonly (string | number)[];

/** Every text of an object, keys included, in one pass; `field` is one array that changes. */
export function visitTexts(value: unknown, visit: (field: TextField, text: string) => void, field: (string | number)[] = []): void {
  if (typeof value === 'string') {
    visit(field, value);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      field.push(index);
      visitTexts(value[index], visit, field);
      field.pop();
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      field.push(key);
      visit(field, key);
      visitTexts((value as Record<string, unknown>)[key], visit, field);
      field.pop();
    }
  }
}

export function fieldText(field: TextField): string {
  return field.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
