/** An element of the picture, before it is written as text or made in a page: there is one drawing for both. */
export interface Shape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Shape[];
  readonly text?: string;
}

export function shape(tag: string, attributes: Shape['attributes'], ...children: readonly (Shape | undefined)[]): Shape {
  return { tag, attributes, children: children.filter((child) => child !== undefined) };
}

export function words(text: string, attributes: Shape['attributes'], tag = 'text'): Shape {
  return { tag, attributes, children: [], text };
}

/** About as wide as sans-serif fonts are; a text that is cut has the whole in its title. */
function widthOf(text: string, pixels: number, mono: boolean): number {
  if (mono) return text.length * pixels * 0.61;
  let width = 0;
  for (const char of text) width += /[iljtfrI.,:;'|!()[\]/ -]/.test(char) ? 0.34 : /[mwMW@%]/.test(char) ? 0.88 : /[A-Z]/.test(char) ? 0.68 : /[\u2e80-\uffff]/.test(char) ? 1 : 0.57;
  return width * pixels;
}

/** As much of a text as fits, with an ellipsis for the rest. */
export function fitted(text: string, width: number, pixels: number, mono = false): string {
  if (widthOf(text, pixels, mono) <= width) return text;
  const chars = [...text];
  while (chars.length > 1 && widthOf(`${chars.join('')}…`, pixels, mono) > width) chars.pop();
  return `${chars.join('')}…`;
}

export function widthAt(text: string, pixels: number): number {
  return widthOf(text, pixels, false);
}
