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

/** As much of a text as fits, with an ellipsis for the rest. */
export function fitted(text: string, width: number, pixels: number, mono = false): string {
  if (widthAt(text, pixels, mono) <= width) return text;
  const chars = [...text];
  while (chars.length > 1 && widthAt(`${chars.join('')}…`, pixels, mono) > width) chars.pop();
  return `${chars.join('')}…`;
}

/** As much of a name as fits, without its middle: names of pods, nodes and hosts often differ at their end alone. */
export function shortened(text: string, width: number, pixels: number): string {
  const chars = [...text];
  let kept = chars.length;
  const cut = (): string => (kept === chars.length ? text : `${chars.slice(0, Math.ceil(kept / 2)).join('')}…${chars.slice(chars.length - Math.floor(kept / 2)).join('')}`);
  while (kept > 1 && widthAt(cut(), pixels) > width) kept--;
  return cut();
}

/** About as wide as sans-serif fonts are; a text that is cut has the whole in its title. */
export function widthAt(text: string, pixels: number, mono = false): number {
  if (mono) return text.length * pixels * 0.61;
  let width = 0;
  for (const char of text) width += /[iljtfrI.,:;'|!()[\]/ -]/.test(char) ? 0.34 : /[mwMW@%]/.test(char) ? 0.88 : /[A-Z]/.test(char) ? 0.68 : /[\u2e80-\uffff]/.test(char) ? 1 : 0.57;
  return width * pixels;
}
