import type { Graph, Way } from './graph';
import type { Layout } from './layout';
import { draw } from './scene';
import type { Shape } from './shape';
import { type Colour, colourStyle, dark, light, shapeStyle } from './theme';

export interface SvgOptions {
  /** What the picture is of, for those who cannot see it. @default Which way requests go */
  readonly title?: string;
  /** A way to light. @default none */
  readonly way?: Way | undefined;
  /** Namespaces that are drawn as one box. @default none */
  readonly closed?: ReadonlySet<string>;
}

/** The picture as a file of its own: no script, no font, nothing loaded; light or dark as its reader's screen is. */
export function renderSvg(graph: Graph, layout: Layout, { title = 'Which way requests go', way, closed = new Set() }: SvgOptions = {}): string {
  const { width, height, shapes } = draw(graph, layout, { closed, way, interactive: false });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`
    + `<title>${escaped(title)}</title><style>${pictureStyle()}</style><rect class="paper" width="100%" height="100%" rx="12"/>${shapes.map(markup).join('\n')}</svg>\n`;
}

/** The styles of a picture that stands alone. */
export function pictureStyle(): string {
  const of = (palette: typeof light): string => colourStyle((name: Colour) => palette[name]);
  return `${shapeStyle}\n${of(light)}\n@media (prefers-color-scheme:dark){\n${of(dark)}\n}`;
}

/** A shape as text. */
export function markup({ tag, attributes, children, text }: Shape): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
  // A card a line, so that a change of the picture is a change of few lines.
  const inner = text === undefined ? children.map(markup).join(tag === 'g' ? '\n' : '') : escaped(text);
  return inner === '' ? `<${tag}${written}/>` : `<${tag}${written}>${inner}</${tag}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that XML and HTML both take for text, whoever wrote it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? '').replace(/[^\P{C}\n\u200c\u200d]/gu, '\ufffd');
}
